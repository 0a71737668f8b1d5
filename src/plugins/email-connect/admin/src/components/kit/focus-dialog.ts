/** Otherwise a dialog's close button has the focus at first, and a stray Enter closes the dialog. */
export const focusDialog = (event: Event): void => {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  event.currentTarget.focus();
};
