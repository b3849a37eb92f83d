namespace SynapseFs.Client.Configuration;

/// <summary>
/// Adds or changes one profile's credentials and leaves every other line of the file, comments included, as it is. The new file
/// replaces the old one in one step and only its owner can read it.
/// </summary>
public static class ConfigurationWriter
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="path">The configuration file; it need not exist.</param>
    /// <param name="profile">"default" or a profile's name.</param>
    /// <exception cref="SynapseConfigurationException">The file cannot be read as configuration, or cannot be written.</exception>
    public static void SaveCredentials(string path, string profile, string? userName, string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(profile);
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        if (profile.AsSpan().IndexOfAny("[]\r\n") >= 0)
            throw new SynapseConfigurationException("A profile's name cannot hold brackets or line breaks; choose another one.");
        if (userName?.AsSpan().IndexOfAny('\r', '\n') >= 0)
            throw new SynapseConfigurationException("A user name cannot hold line breaks; give it as one line.");
        AccessToken.Check(token, "the input");
        var section = SynapseConfiguration.SectionOf(profile);
        // A file that cannot be understood must not be edited.
        IniFile.Read(path);
        try
        {
            // A link (dotfiles kept elsewhere) stays a link.
            var target = new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path)
                : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
            var old = File.Exists(target) ? File.ReadAllText(target) : "";
            var text = IniEditor.SetOptions(old, section, [new("username", userName), new("authtoken", token)]);
            // Whatever is written must be read back as meant; a refusal here leaves the old file in place.
            if (IniFile.Parse(path, text).Get(section, "authtoken") != token)
                throw new SynapseConfigurationException(
                    $"Section [{section}] of {path} is laid out so that its token cannot be changed safely; edit the file by hand.");
            Replace(target, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SynapseConfigurationException(
                $"The configuration file {path} cannot be written: {e.Message} Check the directory's permissions and free space.", e);
        }
    }

    private static void Replace(string target, string text)
    {
        var directory = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                writer.Write(text);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
