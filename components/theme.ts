/** Where the person's choice is kept in the browser: "light", "dark", or nothing for the system's. */
const key = "longshore-theme";

export type ThemeChoice = "system" | "light" | "dark";

/** Runs before the first paint, so that the page never flashes in the other theme. */
export const themeScript = `(()=>{const root=document.documentElement,dark=matchMedia("(prefers-color-scheme: dark)");
const apply=()=>{let kept=null;try{kept=localStorage.getItem("${key}")}catch{}
const theme=kept==="light"||kept==="dark"?kept:dark.matches?"dark":"light";root.classList.remove("light","dark");root.classList.add(theme)};
apply();dark.addEventListener("change",apply);addEventListener("storage",apply)})()`;

export function keptTheme(): ThemeChoice {
  try {
    const kept = localStorage.getItem(key);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

export function keepTheme(choice: ThemeChoice): void {
  try {
    if (choice === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // Storage may be forbidden; the page then follows the system.
  }
  // The script above listens; a browser sends the event to other tabs only.
  dispatchEvent(new StorageEvent("storage", { key }));
}
