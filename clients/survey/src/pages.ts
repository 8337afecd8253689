/** Which page one is on, kept in the browser's history: its back button turns a page back, and a reload stays. */

import { useEffect, useState } from "preact/hooks";

export function usePage(first: number): [page: number, turn: (page: number) => void] {
  const kept = (): number => (typeof history.state?.page === "number" ? history.state.page : first);
  const [page, setPage] = useState(kept);
  useEffect(() => {
    const moved = () => setPage(kept());
    addEventListener("popstate", moved);
    return () => removeEventListener("popstate", moved);
  }, []);
  const turn = (to: number) => {
    history.pushState({ page: to }, "");
    setPage(to);
  };
  return [page, turn];
}
