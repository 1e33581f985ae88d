/* In the place of Doorplate.exe: notes that it was started and of which version it is, and runs until it is ended. */
#include <stdio.h>
#include <windows.h>

int main(void) {
  FILE *log = fopen(getenv("DOORPLATE_TRIAL_LOG"), "a");
  fprintf(log, "started %s\n", VERSION);
  fclose(log);
  Sleep(INFINITE);
  return 0;
}
