using System.Threading.Channels;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Watching;

/// <summary>
/// Carries what changed to the kernel, in order, from a task of its own: whoever learns something posts it here and goes on,
/// because the kernel may hold the very directory locked whose request is being answered.
/// </summary>
internal sealed class KernelNews
{
    private readonly Channel<Action<IKernelCache>> _news = Channel.CreateUnbounded<Action<IKernelCache>>(
        new UnboundedChannelOptions { SingleReader = true });

    private volatile IKernelCache? _kernel;

    /// <summary>Whether the kernel reads backing files itself.</summary>
    public bool TakesBackingFiles => _kernel is { TakesBackingFiles: true };

    public void Attach(IKernelCache kernel) => _kernel = kernel;

    public void EntryChanged(InodeNumber parent, string name) => Post(kernel => kernel.InvalidateEntry(parent, FileName.Create(name)));

    /// <summary>A name is there that the kernel may believe missing.</summary>
    /// <param name="isKnown">Asked when it is told: whether the kernel has found it by itself since. Then a program may already work in it.</param>
    public void EntryAppeared(InodeNumber parent, string name, Func<bool> isKnown) => Post(kernel =>
    {
        if (!isKnown())
            kernel.InvalidateEntry(parent, FileName.Create(name));
    });

    public void Deleted(InodeNumber parent, InodeNumber child, string name) =>
        Post(kernel => kernel.NotifyDeleted(parent, child, FileName.Create(name)));

    public void ContentChanged(InodeNumber inode) => Post(kernel => kernel.InvalidateContent(inode));

    public void AttributesChanged(InodeNumber inode) => Post(kernel => kernel.InvalidateAttributes(inode));

    /// <summary>Delivers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var news in _news.Reader.ReadAllAsync(cancellationToken))
        {
            if (_kernel is { } kernel)
                news(kernel);
        }
    }

    // Before a kernel is attached it can know nothing.
    private void Post(Action<IKernelCache> news)
    {
        if (_kernel is not null)
            _news.Writer.TryWrite(news);
    }
}
