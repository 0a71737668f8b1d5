/** For tests and the demo only; the same in every process, so that a second one can open what the first has sealed. */
export const testSecrets = {
  APP_KEYS: 'test-app-key-one,test-app-key-two',
  API_TOKEN_SALT: 'test-api-token-salt',
  ADMIN_JWT_SECRET: 'test-admin-jwt-secret',
  TRANSFER_TOKEN_SALT: 'test-transfer-token-salt',
  JWT_SECRET: 'test-jwt-secret',
  ENCRYPTION_KEY: 'test-encryption-key-of-32-letters',
};
