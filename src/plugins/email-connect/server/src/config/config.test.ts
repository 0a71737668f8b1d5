import { config } from '.';

const env = Object.assign((_: string, fallback = '') => fallback, {
  int: (_: string, fallback = 0) => fallback,
  bool: () => undefined,
  array: (_: string, fallback: string[] = []) => fallback,
});

describe('the settings', () => {
  test('are right as they come', () => {
    expect(() => config.validator(config.default({ env }))).not.toThrow();
  });

  test.each([
    ['contactTypes', [{ uid: 'person', nameField: 'name', addressFields: ['email'] }]],
    ['contactTypes', [{ uid: 'api::person.person', nameField: 'name', addressFields: [] }]],
    ['encryptionKeys', ['short']],
    ['allowedPorts', ['993', 'imap']],
    ['passIntervalSeconds', 1],
    ['attachmentLimitBytes', -1],
    ['attachmentsDirectory', ''],
    ['teamAddresses', ['Uma']],
    ['teamDomains', ['@crm.test']],
    ['teamDomains', ['crm']],
    ['backfillDailyBytes', 0],
    ['rateLimits', { sendsPerMinute: 0 }],
    ['contentApi', { siteTokens: 'no' }],
    ['contentApi', { siteToken: false }],
  ])('a start with a bad %s ends, and names it', (setting, value) => {
    expect(() => config.validator({ ...config.default({ env }), [setting]: value })).toThrow(setting);
  });
});
