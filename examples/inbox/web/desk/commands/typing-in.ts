/** Whether a key that is pressed there writes, or belongs to a window over the desk. */
export const typingIn = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])') ||
    target.closest('dialog') !== null)
