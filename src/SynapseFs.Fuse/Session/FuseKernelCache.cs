using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Session;

/// <summary>
/// Sends notifications in order from a thread of its own. It must be one that answers nothing: the kernel takes the directory's
/// lock for a notification, and may hold it already while it waits for our answer to a request.
/// </summary>
internal sealed class FuseKernelCache(ILogger logger) : IKernelCache, IDisposable
{
    private const long AttributesOnly = -1;

    private readonly BlockingCollection<Notification> _queue = [];
    private Thread? _sender;

    /// <summary>Set before the filesystem hears of this.</summary>
    public bool TakesBackingFiles { get; set; }

    public void InvalidateEntry(InodeNumber parent, FileName name) =>
        Enqueue(new Notification(NotifyCode.InvalidateEntry, parent, default, name.Value, 0));

    public void NotifyDeleted(InodeNumber parent, InodeNumber child, FileName name) =>
        Enqueue(new Notification(NotifyCode.Delete, parent, child, name.Value, 0));

    public void InvalidateContent(InodeNumber inode) =>
        Enqueue(new Notification(NotifyCode.InvalidateInode, inode, default, null, 0));

    public void InvalidateAttributes(InodeNumber inode) =>
        Enqueue(new Notification(NotifyCode.InvalidateInode, inode, default, null, AttributesOnly));

    /// <summary>Begins to send, what was called before included. Not before INIT is answered.</summary>
    public void Start(FuseDevice device)
    {
        _sender = new Thread(() => SendAll(device)) { IsBackground = true, Name = "fuse-notify" };
        _sender.Start();
    }

    /// <summary>The mount is gone: what is still waiting concerns nobody.</summary>
    public void Stop()
    {
        if (_queue.IsAddingCompleted)
            return;
        _queue.CompleteAdding();
        _sender?.Join();
    }

    public void Dispose()
    {
        Stop();
        _queue.Dispose();
    }

    private void Enqueue(in Notification notification)
    {
        try
        {
            _queue.Add(notification);
        }
        catch (InvalidOperationException)
        {
            // Stopped meanwhile, or disposed: there is no kernel left to tell.
        }
    }

    private void SendAll(FuseDevice device)
    {
        foreach (var notification in _queue.GetConsumingEnumerable())
        {
            try
            {
                Send(device, notification);
            }
            catch (Exception problem)
            {
                Log.NotificationFailed(logger, problem, notification.Code, notification.Inode.Value);
            }
        }
    }

    private static void Send(FuseDevice device, in Notification notification)
    {
        var (code, inode, child, text, offset) = notification;
        if (text is null)
        {
            device.Notify(code, new InvalidateInodeOut(inode.Value, offset, 0), default);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        Span<byte> name = stackalloc byte[FileName.MaximumBytes + 1];
        name = name[..(length + 1)];
        Encoding.UTF8.GetBytes(text, name);
        name[length] = 0;
        if (code == NotifyCode.Delete)
            device.Notify(code, new DeleteOut(inode.Value, child.Value, (uint)length, 0), name);
        else
            device.Notify(code, new InvalidateEntryOut(inode.Value, (uint)length, 0), name);
    }

    private readonly record struct Notification(NotifyCode Code, InodeNumber Inode, InodeNumber Child, string? Name, long Offset);
}
