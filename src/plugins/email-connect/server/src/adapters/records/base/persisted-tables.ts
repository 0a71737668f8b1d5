import type { Strapi } from './strapi';

const PERSISTED = { type: 'core', key: 'persisted_tables' } as const;
type PersistedTable = string | { name: string };

/**
 * Tables named here survive a boot without the plugin (a forgotten build, `enabled: false`): Strapi drops every table
 * it once made and no longer knows, unless the core store names it. Entries of other plugins stay.
 */
export const changePersistedTables = async (
  strapi: Strapi,
  { add, remove }: { add: readonly string[]; remove: readonly string[] }
): Promise<void> => {
  const stored: unknown = await strapi.store.get(PERSISTED);
  const before: PersistedTable[] = Array.isArray(stored) ? stored : [];
  const kept = before.filter((table) => !remove.includes(nameOf(table)));
  const known = new Set(kept.map(nameOf));
  const missing = add.filter((table) => !known.has(table));
  if (missing.length > 0 || kept.length < before.length)
    await strapi.store.set({ ...PERSISTED, value: [...kept, ...missing] });
};

const nameOf = (table: PersistedTable): string => (typeof table === 'string' ? table : table.name);
