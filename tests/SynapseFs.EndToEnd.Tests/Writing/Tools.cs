namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>What people's programs do to directories.</summary>
internal static class Tools
{
    // A tree with text, bytes, nested and spaced names and an empty file, the same each time.
    private const string MakeTree =
        """
        tree() {
            mkdir -p "$1/deep/er" "$1/other (1)"
            seq 1 3000 > "$1/numbers.txt"
            seq 1 200000 | gzip -n > "$1/deep/numbers.gz"
            for n in $(seq 1 6); do seq $n $((n * 37)) > "$1/deep/er/file-$n.csv"; done
            printf 'x' > "$1/other (1)/one byte"
            : > "$1/other (1)/nothing"
        }
        """;

    public static readonly Tool Git = new(
        "git", ["git"],
        """
        export GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' GIT_COMMITTER_DATE='2026-01-01T00:00:00Z' GIT_CONFIG_GLOBAL=/dev/null
        export GIT_AUTHOR_NAME=T GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=T GIT_COMMITTER_EMAIL=t@example.org
        git init -q -b main --bare "$OUT/origin.git"
        git clone -q --template= "$OUT/origin.git" repo 2> /dev/null
        cd repo
        mkdir -p src/deep
        seq 1 5000 > src/numbers.txt
        seq 1 60000 | gzip -n > src/deep/numbers.gz
        git add -A && git commit -qm first && git push -q origin HEAD:main
        git checkout -qb side
        sed -i 's/^77$/seventy-seven/' src/numbers.txt && git commit -qam side
        git checkout -q main 2> /dev/null || git checkout -qb main origin/main
        git mv src/deep/numbers.gz src/moved.gz && git commit -qm moved
        git merge -q side -m merged
        git rm -q src/moved.gz && git commit -qm removed && git stash -q 2> /dev/null || true
        git gc -q --prune=now
        git fsck --strict --no-dangling --no-progress
        git status --porcelain
        git log --format='%H %s'
        git push -q origin main
        cd ..
        git clone -q --template= "$OUT/origin.git" "$OUT/second"
        git diff --no-index repo/src "$OUT/second/src" && echo same
        """)
    {
        Varying = ["*/.git/*"],
    };

    public static readonly Tool Rsync = new(
        "rsync", ["rsync"],
        $"""
         {MakeTree}
         tree "$OUT/source"
         rsync -a --checksum --stats "$OUT/source/" copy/ | grep -E 'files transferred'
         rsync -a --checksum --itemize-changes "$OUT/source/" copy/
         rsync -a --checksum --stats "$OUT/source/" copy/ | grep -E 'files transferred'
         seq 5 9 > "$OUT/source/deep/er/file-3.csv"
         rm "$OUT/source/numbers.txt"
         seq 1 10 > "$OUT/source/new.txt"
         rsync -a --checksum --delete "$OUT/source/" copy/
         seq 1 3999 >> "$OUT/source/new.txt"
         rsync -a --inplace --checksum "$OUT/source/" copy/
         diff -r "$OUT/source" copy && echo same
         """);

    public static readonly Tool Tar = new(
        "tar", ["tar"],
        $"""
         {MakeTree}
         tree "$OUT/source"
         tar -C "$OUT" -cf "$OUT/t.tar" source
         tar -xpf "$OUT/t.tar" && diff -r "$OUT/source" source && echo in
         mkdir "$OUT/back"
         tar -cf - source | tar -C "$OUT/back" -xf - && diff -r source "$OUT/back/source" && echo out
         tar -czf packed.tar.gz source && tar -tzf packed.tar.gz | sort
         """)
    {
        Varying = ["*/packed.tar.gz"],
    };

    public static readonly Tool Copying = new(
        "cp, mv, install, ln", ["cp"],
        $"""
         {MakeTree}
         tree "$OUT/source"
         cp -r "$OUT/source" copy && diff -r "$OUT/source" copy
         cp -r copy again && diff -r copy again
         cp -p copy/numbers.txt target && cp "$OUT/source/deep/er/file-2.csv" target && cat target | md5sum
         mv copy/numbers.txt copy/deep/renamed.txt && mv copy/deep moved && mv moved/er/file-1.csv copy/ && mv moved copy/back
         mv "$OUT/source/numbers.txt" arrived && mv copy/file-1.csv "$OUT/left.csv" && mv -f arrived target
         install -m 755 "$OUT/left.csv" installed && install -m 644 target installed && cmp installed target
         rm -r again && ! test -e again
         mkdir -p a/b/c && rmdir -p a/b/c && ! test -e a
         touch -d '2020-02-02 02:02:02 UTC' target && stat -c %Y target
         truncate -s 100 target && wc -c < target && truncate -s 5000 target && md5sum < target
         find . -type f | sort
         """);

    public static readonly Tool Streams = new(
        "dd, sed, tee, sort, gzip", ["dd", "sed", "gzip", "perl"],
        """
        seq 1 20000 > text
        sed -i 's/7/seven/g' text && md5sum < text
        sed -i.bak 's/seven/7/g' text && md5sum < text && md5sum < text.bak
        perl -pi -e 's/^1$/one/' text && head -1 text
        dd if=text of=copy bs=777 conv=fsync status=none && cmp text copy
        dd if=text of=copy bs=1000 seek=3 count=2 conv=notrunc,fsync status=none && md5sum < copy
        dd if=/dev/zero of=sparse bs=1 count=1 seek=3000000 status=none && md5sum < sparse
        seq 1 5 | tee -a copy > /dev/null && md5sum < copy
        sort -rn -o text text && md5sum < text
        split -l 5000 text part. && cat part.* | cmp - text && rm part.*
        gzip -kn copy && gzip -n copy -c | cmp - copy.gz && gunzip -f copy.gz && md5sum < copy
        (echo first; echo second) >> appended && (echo third >> appended) && cat appended
        ls
        """);

    public static readonly Tool SqliteRollback = Sqlite("sqlite3 with a rollback journal", "delete");

    public static readonly Tool SqliteLog = Sqlite("sqlite3 with a write-ahead log", "wal");

    public static readonly Tool Python = new(
        "python", ["python3"],
        """
        python3 - <<'END'
        import csv, json, mmap, os, pickle, shutil, tempfile, zipfile
        rows = [{"id": i, "name": f"sample {i}", "value": i * i / 7} for i in range(2000)]
        with open("t.csv", "w", newline="") as f:
            w = csv.DictWriter(f, ["id", "name", "value"]); w.writeheader(); w.writerows(rows)
        with open("t.json", "w") as f: json.dump(rows, f, indent=1)
        with open("t.pickle", "wb") as f: pickle.dump(rows, f)
        with zipfile.ZipFile("t.zip", "w") as z: z.write("t.csv")
        print(zipfile.ZipFile("t.zip").testzip(), pickle.load(open("t.pickle", "rb")) == rows, json.load(open("t.json")) == rows)
        with open("t.json", "r+") as f:
            f.seek(0, 2); f.write("\n"); f.seek(10); f.write("#"); f.flush(); os.fsync(f.fileno())
        with tempfile.NamedTemporaryFile("w", dir=".", delete=False) as f: f.write("atomic")
        os.replace(f.name, "t.csv")
        fd = os.open("m", os.O_RDWR | os.O_CREAT); os.ftruncate(fd, 100000)
        m = mmap.mmap(fd, 100000); m[50000:50005] = b"hello"; m.flush(); os.close(fd); m.close()
        print(open("m", "rb").read().find(b"hello"), open("t.csv").read())
        shutil.copytree(".", "copy", ignore=lambda d, names: [n for n in names if n == "copy"]); shutil.rmtree("copy")
        shutil.move("t.zip", "moved.zip"); os.makedirs("a/b"); os.removedirs("a/b")
        print(sorted(os.listdir(".")))
        END
        md5sum t.json m
        """)
    {
        Varying = ["*/moved.zip"],
    };

    public static readonly Tool Pandas = new(
        "pandas", ["python3", "python3 -c 'import pandas, pyarrow'"],
        """
        python3 - <<'END'
        import pandas as pd
        d = pd.DataFrame({"a": range(5000), "b": [x * 0.5 for x in range(5000)], "c": ["text"] * 5000})
        d.to_csv("t.csv", index=False); d.to_parquet("t.parquet")
        d.to_csv("t.csv", index=False, mode="a", header=False)
        print(pd.read_parquet("t.parquet").equals(d), len(pd.read_csv("t.csv")))
        END
        """);

    public static readonly Tool R = new(
        "Rscript", ["Rscript"],
        """
        Rscript --vanilla -e 'd <- data.frame(a = 1:2000, b = (1:2000) / 7); write.csv(d, "t.csv", row.names = FALSE); saveRDS(d, "t.rds");
            cat("more\n", file = "t.csv", append = TRUE); stopifnot(identical(readRDS("t.rds"), d)); cat(tools::md5sum("t.csv"), "\n"); save(d, file = "t.RData")'
        ls
        """);

    public static readonly Tool LibreOffice = new(
        "LibreOffice", ["soffice"],
        """
        printf 'a,b\n1,2\n3,4\n' > "$OUT/t.csv"
        soffice -env:UserInstallation="file://$OUT/profile" --headless --convert-to xlsx --outdir . "$OUT/t.csv" > /dev/null 2>&1
        soffice -env:UserInstallation="file://$OUT/profile" --headless --convert-to csv --outdir "$OUT/back" t.xlsx > /dev/null 2>&1
        cat "$OUT/back/t.csv"; ls
        """)
    {
        Varying = ["*/t.xlsx"],
    };

    public static readonly Tool FioSync = Fio("sync");

    public static readonly Tool FioMap = Fio("mmap");

    /// <summary>Filesystem stressors; the links among them are left out, Synapse has none of that kind.</summary>
    public static readonly Tool Stress = new(
        "stress-ng", ["stress-ng"],
        """
        stress() { local status=0; stress-ng --temp-path . --timeout 60 --verify -q "$@" > "$OUT/log" 2>&1 || { status=$?; head -5 "$OUT/log"; }; echo "$1 $status"; }
        stress --dentry 1 --dentry-ops 200 --dentries 50
        stress --rename 1 --rename-ops 200
        stress --fallocate 1 --fallocate-ops 10 --fallocate-bytes 2m
        stress --hdd 1 --hdd-ops 200 --hdd-bytes 4m
        stress --seek 1 --seek-ops 1000 --seek-size 2m
        stress --copy-file 1 --copy-file-ops 20 --copy-file-bytes 128m
        stress --flock 2 --flock-ops 500
        stress --lockf 2 --lockf-ops 500
        stress --fstat 1 --fstat-ops 100
        stress --getdent 1 --getdent-ops 100
        stress --utime 1 --utime-ops 200
        stress --sync-file 1 --sync-file-ops 5 --sync-file-bytes 2m
        stress --readahead 1 --readahead-ops 100 --readahead-bytes 2m
        find . -mindepth 1 | wc -l
        """);

    private static Tool Sqlite(string name, string journal) => new(
        name, ["sqlite3"],
        $"""
         sqlite3 d.db "pragma journal_mode={journal}; create table t(a integer primary key, b text); begin;
             with recursive c(x) as (select 1 union all select x+1 from c where x<5000) insert into t select x, 'row ' || (x * 7) from c; commit;"
         for n in 1 2 3; do sqlite3 d.db "update t set b = b || '-$n' where a % 3 = $n; delete from t where a = $n;"; done
         sqlite3 d.db "begin; delete from t; rollback; pragma integrity_check; select count(*), sum(length(b)) from t; pragma wal_checkpoint(truncate);"
         sqlite3 d.db "vacuum; pragma integrity_check; select sum(length(b)) from t;"
         sqlite3 d.db ".dump" | md5sum
         ls
         """)
    {
        Varying = ["*/d.db"],
    };

    private static Tool Fio(string engine) => new(
        $"fio ({engine})", ["fio"],
        $"""
         fio --name=v --directory=. --ioengine={engine} --rw=randrw --bs=4k --size=4m --fsync=64 --verify=xxhash --do_verify=1 --verify_fatal=1 \
             --randseed=7 --allrandrepeat=1 --verify_state_save=0 --output-format=json --output="$OUT/fio.json"
         fio --name=v --directory=. --ioengine={engine} --rw=randread --bs=4k --size=4m --output=/dev/null
         python3 -c 'import json, sys; j = json.load(open(sys.argv[1]))["jobs"][0]; print(j["error"], j["write"]["total_ios"] > 0)' "$OUT/fio.json"
         stat -c '%n %s' *
         """)
    {
        Varying = ["*/v.0.0"],
    };
}
