namespace SynapseFs.Cli;

/// <summary>Files and directories that nobody else may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Replaces the file in one step, 0600: a reader sees the old text or the new one.</summary>
    public static void Write(string path, string text)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var writer = new StreamWriter(Open(draft, FileMode.CreateNew)))
                writer.Write(text);
            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }

    /// <summary>Creates the directory 0700, or takes it when it is ours; one that another user made is refused.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        var directory = Directory.CreateDirectory(path, OwnerDirectory);
        if (directory.LinkTarget is not null)
            throw new CliException($"{path} is a symbolic link, and a private directory is needed there; remove it.");
        try
        {
            // Only its owner may change a directory's mode, so this is the check of the owner as well.
            directory.UnixFileMode = OwnerDirectory;
        }
        catch (UnauthorizedAccessException)
        {
            throw new CliException($"{path} belongs to another user; remove it or set XDG_RUNTIME_DIR to a directory of your own.");
        }
    }
}
