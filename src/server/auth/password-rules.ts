import { fold } from '../../lib/fold.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';

const tooShort = message(
  'password-too-short',
  'Choose at least {min} characters: a few words make a good password.',
  'Choisissez au moins {min} caractères : quelques mots font un bon mot de passe.',
  'Elija al menos {min} caracteres: unas pocas palabras hacen una buena contraseña.',
);
const tooLong = message(
  'password-too-long',
  'Choose at most {max} characters.',
  'Choisissez au plus {max} caractères.',
  'Elija como máximo {max} caracteres.',
);
const isEmail = message(
  'password-is-email',
  'The password can’t be the e-mail address. Choose another one.',
  'Le mot de passe ne peut pas être l’adresse e-mail. Choisissez-en un autre.',
  'La contraseña no puede ser la dirección de correo. Elija otra.',
);
const obvious = message(
  'password-obvious',
  'This password is one of the first that anybody would try. Choose another one.',
  'Ce mot de passe est l’un des premiers que l’on essaierait. Choisissez-en un autre.',
  'Esta contraseña es una de las primeras que cualquiera probaría. Elija otra.',
);

/** The shortest password that is taken, in characters. */
export const minPassword = 12;

/** The longest password that is taken: hashing more would only serve an attacker. */
export const maxPassword = 200;

const obviousOnes = new Set(
  'passwordpassword motdepassemotdepasse contrasenacontrasena 123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 qwertyuiop12 qwertyuiopas azertyuiopqs qwertyuiop123 azertyuiop123 password1234 password12345 password123456 motdepasse12 motdepasse123 motdepasse1234 contrasena12 contrasena123 contrasena1234 administrator administrator1 administrateur administrador rapportrapport rapport12345 letmeinletmein welcome12345 bienvenue123 bienvenue1234 bienvenido12 bienvenido123 iloveyou1234 abcdefghijkl abcdefghijklm 111111111111 changemechangeme changeme1234'.split(
    ' ',
  ),
);

/** The mistakes of a password somebody chooses, reported on `field`; none when it will do. The value is never told. */
export function passwordMistakes(password: string, field: string, email: string | null): readonly Mistake[] {
  const length = [...password].length;
  if (length < minPassword) return [{ field, message: tooShort, params: { min: minPassword } }];
  if (length > maxPassword) return [{ field, message: tooLong, params: { max: maxPassword } }];
  const plain = fold(password);
  if (email !== null && [fold(email), fold(email).split('@')[0]].includes(plain))
    return [{ field, message: isEmail }];
  const bare = plain.replace(/[^a-z0-9]/g, '');
  if (obviousOnes.has(bare) || new Set(plain).size < 4) return [{ field, message: obvious }];
  return [];
}
