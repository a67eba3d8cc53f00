import { type CommandEnd, commandLine } from '../cli/command-stack';
import { type Scene, type SceneOptions, startScene } from './engine/scene';

export interface CrmCommands extends Scene {
  /** Runs `passerelle ...` as an operator of this stack would. */
  command(...args: string[]): Promise<CommandEnd>;
}

/** The commands on both CRMs of a test, with a worker; begun afresh by each test. */
export async function startCrmCommands(options: SceneOptions = {}): Promise<CrmCommands> {
  const scene = await startScene(options);
  return { ...scene, command: commandLine(scene.stack.variables) };
}
