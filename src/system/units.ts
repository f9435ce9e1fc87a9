// Units inside mdbench: Å, fs, amu, eV, K. Constants from CODATA 2018 (exact e, k_B; amu 1.66053906660e-27 kg).

/** Boltzmann constant in eV/K. */
export const boltzmann = 8.617333262145e-5;

/** 1 eV/(Å·amu) as an acceleration in Å/fs². */
export const accelerationUnit = 9.648533215665e-3;

/** 1 amu·Å²/fs² as an energy in eV. */
export const kineticUnit = 1 / accelerationUnit;

/** 1 amu/Å³ in g/cm³. */
export const densityUnit = 1.6605390666;

/** 1 eV/Å³ in GPa. */
export const pressureUnit = 160.2176634;
