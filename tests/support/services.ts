import { z } from 'zod';

/** What a suite may need besides npm. `corpus` is the folder of real mail. */
export const serviceNames = [
  'dovecot',
  'postfix',
  'chromium',
  'postgres',
  'mariadb',
  'redis',
  'corpus',
] as const;
export type Service = (typeof serviceNames)[number];

const sightingSchema = z.object({
  found: z.boolean(),
  /** Path of the program or folder, or URL of the server. */
  address: z.string(),
  /** Why it counts as missing; empty when found. */
  reason: z.string(),
  /** How a person gets it. */
  get: z.string(),
});
export type Sighting = z.infer<typeof sightingSchema>;

const sightingsSchema = z.record(z.enum(serviceNames), sightingSchema);

/** What the global setup saw, by service. Throws when it did not run. */
export const sightings = (env: NodeJS.ProcessEnv = process.env): Record<Service, Sighting> => {
  const seen = env.EMAIL_CONNECT_SERVICES;
  if (!seen)
    throw new Error('Services were not looked for: run tests with the jest.config.cjs of this repository.');
  return sightingsSchema.parse(JSON.parse(seen));
};

/** Path of the program or folder, or URL of the server. Call it inside `describeWith`, where it is there. */
export const addressOf = (service: Service): string => {
  const { found, address, reason } = sightings()[service];
  if (!found) throw new Error(`${service} is missing: ${reason}`);
  return address;
};

/**
 * `describe` for tests that need real services. All there: the tests run. One missing: the suite is listed as
 * skipped with the way to get it (its body does not run, so it may read the service while collecting). Missing
 * under REQUIRE_SERVICES=1: one failing test says so.
 */
export const describeWith = (needs: Service | readonly Service[], name: string, body: () => void): void => {
  const seen = sightings();
  const missing = [needs].flat().filter((service) => !seen[service].found);
  if (missing.length === 0) {
    describe(name, body);
    return;
  }
  if (process.env.REQUIRE_SERVICES !== '1') {
    describe.skip(name, () => {
      // The skip reporter reads the names from this title.
      test(`[needs ${missing.join(', ')}]`, () => undefined);
    });
    return;
  }
  describe(name, () => {
    test.each(missing)('%s is required here', (service) => {
      const { reason, get } = seen[service];
      throw new Error(`${service} is required here but missing (${reason}): ${get}`);
    });
  });
};
