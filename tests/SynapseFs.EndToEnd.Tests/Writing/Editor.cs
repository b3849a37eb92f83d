namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>
/// A program that changes the file $FILE in the present directory, in which "old" stands, so that "new" stands there instead.
/// </summary>
/// <param name="Name">For people.</param>
/// <param name="Needs">The program.</param>
/// <param name="Script">For bash.</param>
internal sealed record Editor(string Name, string Needs, string Script)
{
    public static readonly IReadOnlyList<Editor> All =
    [
        new("vim that writes in place", "vim", Vim("nobackup writebackup backupcopy=yes")),
        new("vim that renames", "vim", Vim("nobackup writebackup backupcopy=no")),
        new("vim that keeps a backup", "vim", Vim("backup backupcopy=no")),
        new("nano", "nano", Nano("")),
        new("nano that keeps a backup", "nano", Nano("-B")),
        new("sed -i", "sed", "sed -i 's/old/new/' \"$FILE\""),
        new("perl -pi.bak~", "perl", "perl -pi.bak~ -e 's/old/new/' \"$FILE\""),
        new("cp over it", "cp", "sed 's/old/new/' \"$FILE\" > \"$OUT/next\" && cp \"$OUT/next\" \"$FILE\""),
        new("mv over it", "mv", "sed 's/old/new/' \"$FILE\" > next.tmp && mv next.tmp \"$FILE\""),
        new("mv over it from elsewhere", "mv", "sed 's/old/new/' \"$FILE\" > \"$OUT/next\" && mv \"$OUT/next\" \"$FILE\""),
        new("install", "install", "sed 's/old/new/' \"$FILE\" > \"$OUT/next\" && install -m 644 \"$OUT/next\" \"$FILE\""),
        new("rsync", "rsync", "sed 's/old/new/' \"$FILE\" > \"$OUT/$FILE\" && rsync -a --checksum \"$OUT/$FILE\" ."),
        new("dd in place", "dd", "at=$(grep -bo old \"$FILE\" | cut -d: -f1) && printf new | dd of=\"$FILE\" bs=1 seek=$at conv=notrunc,fsync status=none"),
        new("tar", "tar", "mkdir \"$OUT/in\" && sed 's/old/new/' \"$FILE\" > \"$OUT/in/$FILE\" && tar -C \"$OUT/in\" -cf - . | tar -xf -"),
        new("a text editor of GNOME", "python3", Python(
            """
            beside = ".goutputstream-AB12CD"
            with open(beside, "w") as f: f.write(text); f.flush(); os.fsync(f.fileno())
            os.rename(beside, name)
            """)),
        new("an editor of Emacs's kind", "python3", Python(
            """
            with open(f"#{name}#", "w") as f: f.write(text)
            os.rename(name, name + "~")
            with open(name, "w") as f: f.write(text); f.flush(); os.fsync(f.fileno())
            os.unlink(f"#{name}#")
            """)),
        new("an office program's saving", "python3", Python(
            """
            lock = f".~lock.{name}#"
            with open(lock, "w") as f: f.write(",me,host,;")
            with open("lu12345.tmp", "w") as f: f.write(text)
            os.replace(name, "lu12345.tmp~")
            os.replace("lu12345.tmp", name)
            os.unlink("lu12345.tmp~"); os.unlink(lock)
            """)),
        new("delete and write anew", "python3", Python(
            """
            os.unlink(name)
            with open(name, "w") as f: f.write(text)
            """)),
    ];

    /// <summary>The script for other words.</summary>
    public string Replacing(string old, string with) => Script.Replace("new", with, StringComparison.Ordinal).Replace("old", old, StringComparison.Ordinal);

    public override string ToString() => Name;

    private static string Vim(string settings) =>
        $"HOME=$OUT vim -u NONE -i NONE -N -es -c 'set backupskip= {settings}' -c '%s/old/new/' -c 'wq' \"$FILE\" < /dev/null";

    // Replaces by nano's own dialogue, on a terminal of its own.
    private static string Nano(string options) =>
        $$"""
          python3 - "$FILE" {{options}} <<'END'
          import os, pty, select, sys
          pid, tty = pty.fork()
          if pid == 0:
              os.environ["TERM"] = "xterm"
              os.execvp("nano", ["nano", "--ignorercfiles", *sys.argv[2:], sys.argv[1]])
          seen = b""
          def until(word):
              global seen
              while word not in seen:
                  if not select.select([tty], [], [], 30)[0]: sys.exit(f"nano does not say {word}: {seen}")
                  seen += os.read(tty, 4096)
              seen = b""
          def say(keys): os.write(tty, keys)
          until(b"Exit"); say(b"\x1c")
          until(b"Search"); say(b"old\r")
          until(b"Replace with"); say(b"new\r")
          until(b"instance"); say(b"a")
          until(b"Replaced"); say(b"\x0f")
          until(b"Write"); say(b"\r")
          until(b"Wrote"); say(b"\x18")
          sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
          END
          """;

    private static string Python(string save) =>
        $"""
         python3 - "$FILE" <<'END'
         import os, sys
         name = sys.argv[1]
         text = open(name).read().replace("old", "new")
         {save}
         END
         """;
}
