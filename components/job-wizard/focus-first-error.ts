/** Takes the keyboard to the first field that is wrong. A group that cannot take the focus itself says so by `data-invalid`. */
export function focusFirstError(within: HTMLElement | null): void {
  const wrong = within?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid="true"]');
  const target = wrong?.dataset.invalid ? wrong.querySelector<HTMLElement>("input, button") : wrong;
  target?.focus();
  target?.scrollIntoView({ block: "center" });
}
