using SynapseFs.Vfs;

namespace SynapseFs.Testing.RemoteWorld;

/// <summary>Writes down what the kernel would be told, and lets a test wait for it.</summary>
public sealed class RecordingKernelCache : IKernelCache
{
    private readonly Lock _lock = new();
    private readonly List<string> _told = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool TakesBackingFiles { get; init; }

    /// <summary>In order: "entry PARENT NAME", "deleted PARENT CHILD NAME", "content INODE", "attributes INODE".</summary>
    public IReadOnlyList<string> Told
    {
        get
        {
            lock (_lock)
                return [.. _told];
        }
    }

    public void InvalidateEntry(InodeNumber parent, FileName name) => Tell($"entry {parent} {name}");

    public void NotifyDeleted(InodeNumber parent, InodeNumber child, FileName name) => Tell($"deleted {parent} {child} {name}");

    public void InvalidateContent(InodeNumber inode) => Tell($"content {inode}");

    public void InvalidateAttributes(InodeNumber inode) => Tell($"attributes {inode}");

    /// <summary>Returns once this was told, now or before.</summary>
    public async Task WhenToldAsync(string news)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_told.Contains(news))
                    return;
                more = _more.Task;
            }

            await more.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    private void Tell(string news)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _told.Add(news);
            (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        more.SetResult();
    }
}
