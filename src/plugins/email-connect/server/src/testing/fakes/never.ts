/** Aborts never. */
export const never = new AbortController().signal;
