/** What the tests of the Windows installer need: the Debian package by the program it brings. */
export const windowsTools = {
  makensis: 'nsis',
  wine: 'wine',
  'x86_64-w64-mingw32-gcc': 'gcc-mingw-w64-x86-64-win32',
}
