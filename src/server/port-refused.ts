/** A port that this process may not listen on, by the variable that names it. */
export class PortRefused extends Error {
  constructor(variable: string, port: number, { code, message }: NodeJS.ErrnoException) {
    super(
      code === 'EADDRINUSE'
        ? `Port ${port} is taken by another program; stop it, or choose another port with ${variable}.`
        : code === 'EACCES'
          ? `Port ${port} needs more rights than this user has; choose one above 1023 with ${variable}.`
          : `Nothing can listen where ${variable} and its host say: ${message}.`,
    );
  }
}
