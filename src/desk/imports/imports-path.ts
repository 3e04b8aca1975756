export const DESK_IMPORTS = '/desk/imports';
/** More than 100,000 rows; larger files are for the command. */
export const LONGEST_IMPORT = 20 * 1024 * 1024;
