import { useEffect, useState } from "react";

/**
 * The token of the address, which is taken out of it: neither the history, nor who looks over a
 * shoulder, nor a copied address shall have it. Null until it is looked for, empty when there is none.
 */
export function useLinkToken(): string | null {
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    const take = () => {
      const found = location.hash.slice(1);
      if (found !== "") history.replaceState(history.state, "", location.pathname);
      setToken((known) => (found === "" ? (known ?? "") : found));
    };
    take();
    // Another link in the same window loads no new page.
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);
  return token;
}
