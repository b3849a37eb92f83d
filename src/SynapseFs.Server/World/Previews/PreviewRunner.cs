using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Storage;

namespace SynapseFs.Server.World.Previews;

/// <summary>Makes previews, one at a time, a moment after their files were stored. A file that cannot be read gets none.</summary>
internal sealed class PreviewRunner : IAsyncDisposable
{
    private readonly SynapseWorld _world;
    private readonly ILogger _logger;
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public PreviewRunner(SynapseWorld world, ILogger logger)
    {
        (_world, _logger) = (world, logger);
        world.PreviewQueue.Wanted = () => _calls.Writer.TryWrite(true);
        _calls.Writer.TryWrite(true);
        _work = Task.Run(WorkAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var _ in _calls.Reader.ReadAllAsync(_stop.Token))
            {
                MakeAll();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server stops; what is left is made after the next start.
        }
    }

    private void MakeAll()
    {
        try
        {
            while (!_stop.IsCancellationRequested && _world.PreviewQueue.Next is { } id)
            {
                MakeOrGiveUp(id);
            }
        }
        catch (Exception failure)
        {
            // The database refuses, for want of space perhaps: what waits stays, and the next upload tries again.
            Log.PreviewsFailed(_logger, failure);
        }
    }

    // One file that nothing can be made of must not keep the others from theirs.
    private void MakeOrGiveUp(long id)
    {
        try
        {
            Make(id);
        }
        catch (Exception failure)
        {
            Log.PreviewFailed(_logger, failure, id);
            _world.Transact(() => _world.PreviewQueue.Done(id));
        }
    }

    private void Make(long id)
    {
        var drawn = _world.FileHandles.Get(id) is { } handle ? Draw(handle) : null;
        _world.Transact(() =>
        {
            // The handle may have gone in the meantime.
            if (drawn is { } preview && _world.FileHandles.Get(id) is { Document.PreviewId: null } current)
            {
                Store(current, preview.Preview, preview.Written);
            }
            else if (drawn is { } late)
            {
                _world.Contents.DeletePart(late.Written.File);
            }

            _world.PreviewQueue.Done(id);
        });
    }

    private (Preview Preview, ReceivedPart Written)? Draw(FileHandleRow handle)
    {
        try
        {
            using var reader = new StreamReader(_world.MadeFiles.OpenRead(handle), Encoding.UTF8);
            var beginning = new char[PreviewRules.MaxRead];
            var length = reader.ReadBlock(beginning);
            var preview = PreviewRules.Make(handle.Document.ContentType, handle.Document.FileName, new string(beginning, 0, length));
            return preview is null ? null : (preview, _world.Contents.Write(stream => stream.Write(preview.Bytes)));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or Errors.ServiceException)
        {
            return null;
        }
    }

    private void Store(FileHandleRow shown, Preview preview, ReceivedPart written)
    {
        var name = new ObjectName(shown.Document.BucketName ?? Uploads.Bucket, $"{shown.CreatedBy}/{Guid.NewGuid()}/{Guid.NewGuid()}");
        _world.Contents.Assemble(name.Text, [written]);
        var stored = _world.FileHandles.Add(
            new FileHandle
            {
                ConcreteType = shown.Document.ConcreteType,
                FileName = preview.FileName,
                ContentType = preview.ContentType,
                ContentSize = written.Size,
                StorageLocationId = shown.Document.StorageLocationId,
                BucketName = name.Bucket,
                Key = name.Key,
                IsPreview = true,
            },
            shown.CreatedBy, name.Text);
        _world.FileHandles.SetPreview(shown, stored.Id);
    }
}
