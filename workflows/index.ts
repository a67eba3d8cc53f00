export { dossier } from './dossier';
export { record } from './record';
export { syncRun } from './sync-run';
export { trackReturn } from './track-return';
export { trackWatch } from './track-watch';
