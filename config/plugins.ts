interface Env {
  (key: string, fallback?: string): string;
}

/**
 * Strapi passes over a plugin whose files are missing, and then drops its tables.
 * Email Connect is built from this repository, so a forgotten build must end the start instead.
 */
const assertBuilt = () => {
  try {
    require.resolve('strapi-plugin-email-connect/strapi-server');
  } catch (error) {
    throw new Error('The plugin email-connect is not built. Run: npm run build:plugin', { cause: error });
  }
};

export default ({ env }: { env: Env }) => {
  assertBuilt();
  return {
    'email-connect': { enabled: true },
    'users-permissions': { config: { jwtSecret: env('JWT_SECRET') } },
  };
};
