export { dossier } from './dossier';
export { syncRun } from './sync-run';
