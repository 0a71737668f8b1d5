import { filesLike, lock, manifest, nameOf, plugin, read } from './repository';

const STRAPI = '5.54.0';
/** In Strapi's scope, but with version numbers of their own. */
const OWN_NUMBERS = ['design-system', 'icons', 'ui-primitives', 'sdk-plugin'].map(
  (name) => `@strapi/${name}`
);

const isOfStrapi = (name: string) => name.startsWith('@strapi/') && !OWN_NUMBERS.includes(name);

describe('packages', () => {
  it('every package of Strapi is pinned to one version in the manifest', () => {
    const { dependencies, devDependencies } = manifest();
    const named = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) =>
      isOfStrapi(name)
    );

    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(([, version]) => version !== STRAPI)).toEqual([]);
  });

  it('every package of Strapi is installed once, in that version', () => {
    const installed = Object.entries(lock()).filter(([where]) => isOfStrapi(nameOf(where)));

    expect(installed.length).toBeGreaterThan(20);
    expect(installed.filter(([, { version }]) => version !== STRAPI).map(([where]) => where)).toEqual([]);
    expect(new Set(installed.map(([where]) => nameOf(where))).size).toBe(installed.length);
  });

  it('the lock file holds hashes and no download addresses', () => {
    const packages = Object.entries(lock()).filter(([where]) => where.includes('node_modules/'));
    const addressed = packages.filter(([, { resolved, link }]) => resolved !== undefined && !link);
    const unhashed = packages.filter(([, { integrity, link }]) => !integrity && !link);

    expect(addressed.map(([where]) => where)).toEqual([]);
    expect(unhashed.map(([where]) => where)).toEqual([]);
    expect(read('package-lock.json')).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  });

  it('every package with an install script is allowed or refused by name', () => {
    const scripted = Object.entries(lock()).filter(([, { hasInstallScript }]) => hasInstallScript);
    const named = Object.keys(manifest().allowScripts);

    expect([...new Set(scripted.map(([where]) => nameOf(where)))].sort()).toEqual(named.sort());
  });

  it('the plugin names every package that it loads, and no other', () => {
    const sources = filesLike(/^src\/plugins\/email-connect\/(server|admin|shared)\/.*\.tsx?$/).filter(
      (file) => !/\.test\.tsx?$|\/testing\/|custom\.d\.ts$/.test(file)
    );
    const loaded = sources
      .flatMap((file) => [
        ...read(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '([^'.][^']*)';/gms),
      ])
      .map(([, name = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
      .filter((name) => !name.startsWith('node:'));
    const { dependencies, peerDependencies } = manifest(plugin);
    // React needs react-dom in a browser; nothing of ours loads it.
    const named = Object.keys({ ...dependencies, ...peerDependencies }).filter(
      (name) => name !== 'react-dom'
    );

    expect([...new Set(loaded)].sort()).toEqual(named.sort());
  });

  it('our own packages run nothing when they are installed', () => {
    for (const { scripts } of [manifest(), manifest(plugin)]) {
      expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
    }
  });

  it('app and plugin carry one version and the MIT licence, each with its text', () => {
    expect(manifest(plugin).version).toBe(manifest().version);
    expect([manifest().license, manifest(plugin).license]).toEqual(['MIT', 'MIT']);
    expect(read('LICENSE')).toMatch(/^MIT License/);
    expect(read(`${plugin}/LICENSE`)).toBe(read('LICENSE'));
  });
});
