import { useRef, useState } from "preact/hooks";

/** State that two taps may change within one frame: each sees what the one before made of it. */
export function useLatest<T>(first: () => T) {
  const [shown, show] = useState(first);
  const held = useRef(shown);
  const change = (made: (before: T) => T): T => {
    held.current = made(held.current);
    show(held.current);
    return held.current;
  };
  return { shown, held, change };
}
