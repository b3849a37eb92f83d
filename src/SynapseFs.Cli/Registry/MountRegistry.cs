using System.Globalization;
using System.Text.Json;

namespace SynapseFs.Cli.Registry;

/// <summary>
/// The running mounts of this user: one record <c>mount-PID.json</c> and one control socket <c>mount-PID.sock</c> each, in a
/// directory that only the user may enter.
/// </summary>
internal sealed class MountRegistry(string directory)
{
    public static MountRegistry Of(Surroundings surroundings) => new(surroundings.RuntimeDirectory);

    public string SocketOf(int pid) => PathOf(pid, "sock");

    public void Add(MountRecord record)
    {
        PrivateFile.CreateDirectory(directory);
        PrivateFile.Write(PathOf(record.Pid, "json"), JsonSerializer.Serialize(record, CliJson.Readable.MountRecord));
    }

    public void Remove(int pid)
    {
        File.Delete(PathOf(pid, "json"));
        File.Delete(SocketOf(pid));
    }

    /// <summary>All records, the oldest mount first. A file that is none is passed over.</summary>
    /// <exception cref="CliException">The directory belongs to another user.</exception>
    public IReadOnlyList<MountRecord> Read()
    {
        if (!Directory.Exists(directory))
            return [];
        // What another user put there is not believed.
        PrivateFile.CreateDirectory(directory);
        var records = Directory.EnumerateFiles(directory, "mount-*.json").Select(ReadRecord).OfType<MountRecord>();
        return [.. records.OrderBy(record => record.Since)];
    }

    /// <summary>The latest record of a mountpoint, or null.</summary>
    public MountRecord? Find(string mountpoint) => Read().LastOrDefault(record => record.Mountpoint == mountpoint);

    private static MountRecord? ReadRecord(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), CliJson.Readable.MountRecord);
        }
        catch (Exception problem) when (problem is JsonException or IOException)
        {
            return null;
        }
    }

    private string PathOf(int pid, string extension) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"mount-{pid}.{extension}"));
}
