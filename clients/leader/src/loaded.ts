import { useEffect, useState } from "preact/hooks";

export type Loaded<T> = { value: T | null; error: unknown; reload: () => void };

/** What `load` gets, anew whenever `key` changes. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [found, setFound] = useState<{ key: string; value: T | null; error: unknown }>({
    key,
    value: null,
    error: null,
  });
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let wanted = true;
    load().then(
      (value) => wanted && setFound({ key, value, error: null }),
      (error: unknown) => wanted && setFound({ key, value: null, error }),
    );
    return () => {
      wanted = false;
    };
  }, [key, times]);
  const mine = found.key === key;
  return { value: mine ? found.value : null, error: mine ? found.error : null, reload: () => setTimes(times + 1) };
}
