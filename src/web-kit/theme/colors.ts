import type { MantineColorsTuple } from '@mantine/core';

/** The product's own colours, from light to dark, each step even in perceived lightness. */
export const colors = {
  /** The brand: actions, selection, focus. */
  pine: [
    '#effaf7',
    '#dbf3ed',
    '#bce5db',
    '#96cfc1',
    '#66b2a1',
    '#3a9180',
    '#267869',
    '#185f52',
    '#134b41',
    '#0f352e',
  ],
  /** The warm accent: the logo, what asks for a glance. */
  copper: [
    '#fff4ef',
    '#ffe7dc',
    '#fad1bc',
    '#f2b494',
    '#e9976c',
    '#e07e47',
    '#ca662b',
    '#af541c',
    '#8d4315',
    '#632f11',
  ],
  /** What is wrong or removes something. */
  brick: [
    '#fff4f2',
    '#ffe6e2',
    '#fdcec7',
    '#f6aba2',
    '#eb8278',
    '#dc5e55',
    '#c8433c',
    '#ac312c',
    '#8d2521',
    '#621d19',
  ],
  /** What went well. */
  moss: [
    '#f1f9f2',
    '#dff3e2',
    '#c2e6c8',
    '#9cd0a6',
    '#72b380',
    '#519962',
    '#387c4a',
    '#2b6339',
    '#214d2c',
    '#17351f',
  ],
  /** What needs attention. */
  amber: [
    '#fef8ed',
    '#fdeed6',
    '#f8ddb1',
    '#f2cb88',
    '#e9b860',
    '#d9a440',
    '#b8892d',
    '#906a21',
    '#6e4f11',
    '#4f390e',
  ],
  /** Neutrals of the light scheme. */
  gray: [
    '#fbfaf8',
    '#f5f4f1',
    '#ebe9e5',
    '#dfded8',
    '#ceccc6',
    '#adaba4',
    '#88867f',
    '#65635c',
    '#44423c',
    '#23221c',
  ],
  /** Neutrals of the dark scheme. */
  dark: [
    '#e9eceb',
    '#c4c9c7',
    '#a7acaa',
    '#828885',
    '#565c5a',
    '#3d4340',
    '#2d3331',
    '#212724',
    '#1a1f1d',
    '#111614',
  ],
} satisfies Record<string, MantineColorsTuple>;
