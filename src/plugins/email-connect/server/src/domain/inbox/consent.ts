/** Changes whenever the text on the connect screen says something else; kept with each inbox's consent (S10). */
export const consentTextVersion = '2026-12';
