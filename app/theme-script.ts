/** Where the person's choice of theme is kept in the browser: "light", "dark", or nothing for the system's. */
export const themeKey = "longshore-theme";

/** Runs before the first paint, so that the page never flashes in the other theme. */
export const themeScript = `(()=>{const root=document.documentElement,dark=matchMedia("(prefers-color-scheme: dark)");
const apply=()=>{let kept=null;try{kept=localStorage.getItem("${themeKey}")}catch{}
const theme=kept==="light"||kept==="dark"?kept:dark.matches?"dark":"light";root.classList.remove("light","dark");root.classList.add(theme)};
apply();dark.addEventListener("change",apply);addEventListener("storage",apply)})()`;
