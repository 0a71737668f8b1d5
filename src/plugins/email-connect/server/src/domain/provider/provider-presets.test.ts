import { providerPreset } from '../../../../shared/contracts/inbox';
import { presetForAddress, providerPresets } from './provider-presets';

it.each([
  ['ann@gmail.com', 'gmail'],
  ['Ann@GoogleMail.com', 'gmail'],
  ['ann@outlook.com', 'microsoft'],
  ['ann@hotmail.co.uk', 'microsoft'],
  ['ann@me.com', 'icloud'],
  ['ann@yahoo.de', 'yahoo'],
  ['ann@gmx.de', 'gmx'],
  ['ann@gmx.com', 'gmx-com'],
  ['ann@web.de', 'web-de'],
  ['ann@proton.me', 'proton-bridge'],
])('%s is of %s', (address, key) => {
  expect(presetForAddress(address)?.key).toBe(key);
});

it.each(['ann@example.org', 'ann@notgmail.com', 'ann@gmail.com.example.org', 'ann', ''])(
  '%j is of none',
  (address) => {
    expect(presetForAddress(address)).toBeNull();
  }
);

it.each(providerPresets.map((preset) => [preset.key, preset] as const))(
  '%s is fit for the connect screen',
  (_, preset) => {
    expect(providerPreset.strict().parse(preset)).toEqual(preset);
    expect(preset.advice.match(/[.]$/gm) ?? []).toHaveLength(preset.advice === '' ? 0 : 1);
  }
);

it('S35: every port has its kind of TLS', () => {
  const kinds = { 993: 'implicit', 465: 'implicit', 587: 'starttls', 1143: 'starttls', 1025: 'starttls' };
  for (const { imap, smtp } of providerPresets) {
    expect(kinds).toMatchObject({ [imap.port]: imap.tls, [smtp.port]: smtp.tls });
  }
});

it('has every key once, and every provider that only signs in on its own page says so', () => {
  expect(new Set(providerPresets.map(({ key }) => key)).size).toBe(providerPresets.length);
  expect(providerPresets.filter(({ acceptsPassword }) => !acceptsPassword).map(({ key }) => key)).toEqual([
    'microsoft',
  ]);
  expect(presetForAddress('ann@gmail.com')?.advice).toContain('app password');
});
