const fc = require('fast-check');

/**
 * The same inputs in every run, so that a change that breaks nothing lands at any time. PROPERTY_SEED, any number, looks
 * elsewhere.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_261_125) });
