/** What Strapi's admin puts on `window` before any plugin runs. */
interface Window {
  strapi: { backendURL: string };
}
