/*
 * In the place of Start-Doorplate.ps1, which only Windows can run: starts the program it is given again as soon as it ends,
 * unless the installer's mark says otherwise. With the word `deaf` it does not look at the mark.
 */
#include <stdio.h>
#include <string.h>
#include <windows.h>

static int has(const char *name) {
  HKEY hives[] = {HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE};
  for (int i = 0; i < 2; i++)
    if (RegGetValueA(hives[i], "Software\\Doorplate", name, RRF_RT_REG_SZ, NULL, NULL, NULL) == ERROR_SUCCESS) return 1;
  return 0;
}

int main(int count, char **words) {
  const char *path = words[1];
  int isDeaf = count > 2 && strcmp(words[2], "deaf") == 0;
  for (;;) {
    STARTUPINFOA startup = {sizeof startup};
    PROCESS_INFORMATION process;
    int isThere = GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
    if (!isThere && has("Removed")) return 0;
    if (!isThere || (!isDeaf && has("InstallingSince"))) {
      Sleep(50);
      continue;
    }
    if (!CreateProcessA(path, NULL, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process)) continue;
    WaitForSingleObject(process.hProcess, INFINITE);
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
  }
}
