using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using SynapseFs.Core;

namespace SynapseFs.CrashMount;

/// <summary>
/// Counts how often the journal passes each point, in a mapped file that outlives a killed process, and ends or stops this process
/// where it was told to. One 64-bit number a point, in the order of <see cref="JournalPoint"/>.
/// </summary>
internal sealed partial class Passings : IDisposable
{
    private const int Kill = 9;
    private const int Stop = 19;

    private readonly CrashRequest _request;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Lock _lock = new();

    public Passings(CrashRequest request)
    {
        _request = request;
        var length = sizeof(long) * (Enum.GetValues<JournalPoint>().Length + 1);
        _file = request.PassedFile is { } path
            ? MemoryMappedFile.CreateFromFile(path, FileMode.Create, mapName: null, length)
            : MemoryMappedFile.CreateNew(mapName: null, length);
        _view = _file.CreateViewAccessor();
    }

    public void Pass(JournalPoint point)
    {
        long count;
        // Beginning the fatal passing under the lock, so that no other thread counts one more after it.
        lock (_lock)
        {
            var at = sizeof(long) * (int)point;
            count = _view.ReadInt64(at) + 1;
            _view.Write(at, count);
            if (_request.KillAt is { } kill && kill.Point == point && kill.Count == count)
                _ = SendSignal(Environment.ProcessId, Kill);
            if (_request.StopAt is { } stop && stop.Point == point && stop.Count == count)
                _ = SendSignal(Environment.ProcessId, Stop);
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
