using System.Security.Cryptography;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World;

/// <summary>The data directory: who may use it, where things lie in it, and its secret files.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }
    public string DatabasePath => System.IO.Path.Combine(Path, "world.db");
    public string TableIndexPath => System.IO.Path.Combine(Path, "tables.db");
    public string ContentPath => System.IO.Path.Combine(Path, "content");
    public string UploadPath => System.IO.Path.Combine(Path, "uploads");

    /// <summary>Other people's buckets, one directory each; there when somebody made it.</summary>
    public string BucketPath => System.IO.Path.Combine(Path, "buckets");
    public string FirstTokenPath => System.IO.Path.Combine(Path, "first-user-token");
    private string SigningKeyPath => System.IO.Path.Combine(Path, "signing-key");

    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            MakePrivateDirectory(full);
            var held = TakeLock(full);
            try
            {
                var folder = new DataFolder(full, held);
                Directory.CreateDirectory(folder.ContentPath);
                Directory.CreateDirectory(folder.UploadPath);
                return folder;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new ServerException(
                $"The data directory {full} cannot be used ({refused.Message.TrimEnd('.')}); choose another directory.", refused);
        }
    }

    /// <summary>The key that signs URLs: made once, so that a URL outlives a restart.</summary>
    public byte[] ReadSigningKey()
    {
        if (File.Exists(SigningKeyPath) && File.ReadAllBytes(SigningKeyPath) is { Length: 32 } known)
        {
            return known;
        }

        var key = RandomNumberGenerator.GetBytes(32);
        WriteSecret(SigningKeyPath, key);
        return key;
    }

    public static void WriteSecret(string path, byte[] secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        using var stream = new FileStream(path, options);
        stream.Write(secret);
    }

    public void Dispose() => _lock.Dispose();

    private static void MakePrivateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        const UnixFileMode mode = Private | UnixFileMode.UserExecute;
        Directory.CreateDirectory(path, mode);
        File.SetUnixFileMode(path, mode);
    }

    private static FileStream TakeLock(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            return new FileStream(System.IO.Path.Combine(path, "lock"), options);
        }
        catch (IOException busy) when (busy is not DirectoryNotFoundException and not FileNotFoundException)
        {
            throw new ServerException($"Another server uses the data directory {path}; stop it, or choose another directory.", busy);
        }
    }
}
