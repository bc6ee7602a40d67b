/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds every file of a folder to a fuzz target, so that the corpus is part of the normal tests. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A copy of exactly the right size, so that a byte too far is seen. */
static int replay(const char *path, size_t size) {
    uint8_t *bytes = malloc(size > 0 ? size : 1);
    FILE *file = fopen(path, "rb");
    int failed = !bytes || !file || fread(bytes, 1, size, file) != size;
    if (file)
        fclose(file);
    if (failed)
        fprintf(stderr, "cannot read %s\n", path);
    else
        LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return failed;
}

/* TAP: one line a file. */
int main(int count, char **arguments) {
    DIR *folder = count == 2 ? opendir(arguments[1]) : NULL;
    if (!folder) {
        fprintf(stderr, "usage: replay FOLDER\n");
        return 2;
    }
    int files = 0, failures = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[4096];
        struct stat information;
        snprintf(path, sizeof path, "%s/%s", arguments[1], entry->d_name);
        if (stat(path, &information) != 0 || !S_ISREG(information.st_mode))
            continue;
        int failed = replay(path, (size_t)information.st_size);
        printf("%s %d - %s\n", failed ? "not ok" : "ok", ++files, entry->d_name);
        fflush(stdout);
        failures += failed;
    }
    closedir(folder);
    printf("1..%d\n", files);
    return files == 0 || failures > 0;
}
