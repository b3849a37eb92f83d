using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using SynapseFs.Fuse.Protocol;

namespace SynapseFs.Fuse.Session;

/// <summary>
/// The life of one mount on its device: INIT, then reader threads on cloned descriptors until the kernel says that the
/// filesystem is unmounted. Owns the descriptors.
/// </summary>
internal sealed class FuseSession(FuseDevice device, FuseDispatcher dispatcher, RequestsInFlight inFlight, ILogger logger) : IDisposable
{
    /// <summary>A request is at most a WRITE: its bytes and one page of headers. The kernel refuses to fill a smaller buffer.</summary>
    private const int BufferSize = Handshake.MaxWrite + 4096;

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<FuseDevice> _devices = [device];
    private readonly BufferStack _buffers = new(BufferSize);
    private int _running;

    /// <summary>Completes when the filesystem is unmounted, by whomever, and every request has ended. Never fails.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Whether a reader ended by anything but the unmount.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether the kernel reads backing files itself; known after <see cref="ShakeHands"/>.</summary>
    public PassthroughState Passthrough { get; private set; } = PassthroughState.SwitchedOff;

    /// <summary>Waits for INIT and answers it.</summary>
    /// <param name="passthrough">Whether the kernel is to read backing files itself, if it can and may.</param>
    /// <exception cref="IOException">The kernel is too old, or the device ended before it asked.</exception>
    public void ShakeHands(bool passthrough)
    {
        var buffer = _buffers.Rent();
        while (true)
        {
            var length = device.Receive(buffer.Span);
            if (length == 0)
                throw new IOException("The filesystem was unmounted before it was in use.");
            var reader = new MessageReader(buffer.Span[..length]);
            var header = reader.Read<InHeader>();
            if (header.Opcode != FuseOpcode.Init)
                throw new IOException($"The kernel began with request {header.Opcode} instead of INIT: the descriptor is in use already.");
            var offer = reader.ReadGrown<InitIn>();
            if (Handshake.IsTooOld(offer))
                throw new IOException($"The kernel speaks FUSE {offer.Major}.{offer.Minor}; needed is 7.{Handshake.OldestMinor} or newer.");
            var answer = Handshake.Answer(offer, passthrough);
            dispatcher.KeepsPagesTrue = answer.Features.HasFlag(FuseFeatures.DirectIoAllowMmap);
            device.Reply(header.Unique, answer);
            if (Handshake.MustAskAgain(offer))
                continue;
            Passthrough = !passthrough ? PassthroughState.SwitchedOff
                : !answer.Features.HasFlag(FuseFeatures.Passthrough) ? PassthroughState.NotOffered
                : !device.MayOpenBacking() ? PassthroughState.NotPermitted
                : PassthroughState.Used;
            dispatcher.Backing = Passthrough == PassthroughState.Used ? new BackingFiles(device) : null;
            Log.HandsShaken(logger, offer.Major, offer.Minor, answer.Features, offer.MaxReadAhead);
            _buffers.Return(buffer);
            return;
        }
    }

    /// <summary>Starts <paramref name="readers"/> threads, each on a descriptor of its own where the kernel grants one.</summary>
    public void Start(int readers)
    {
        _running = readers;
        for (var reader = 0; reader < readers; reader++)
        {
            var own = reader == 0 ? device : device.TryClone();
            if (own is not null && reader > 0)
                _devices.Add(own);
            own ??= device;
            new Thread(() => ReadAll(own)) { IsBackground = true, Name = $"fuse-reader-{reader}" }.Start();
        }
    }

    /// <summary>From here on every request is refused, and none that was begun is being worked on when the task completes.</summary>
    public Task CutOffAsync()
    {
        dispatcher.Close();
        return inFlight.CancelAllAsync();
    }

    public void Dispose()
    {
        foreach (var one in _devices)
            one.Dispose();
        inFlight.Dispose();
    }

    private void ReadAll(FuseDevice own)
    {
        try
        {
            ReadUntilUnmounted(own);
        }
        catch (Exception problem)
        {
            HasFailed = true;
            Log.ReaderFailed(logger, problem);
        }

        if (Interlocked.Decrement(ref _running) == 0)
            _ = EndAsync();
    }

    private void ReadUntilUnmounted(FuseDevice own)
    {
        var buffer = _buffers.Rent();
        while (own.Receive(buffer.Span) is var length and > 0)
        {
            var pending = dispatcher.DispatchAsync(own, buffer[..length]);
            if (pending.IsCompleted)
            {
                pending.GetAwaiter().GetResult();
            }
            else if (OpcodeOf(buffer.Span) == FuseOpcode.Write)
            {
                _ = ReturnAfterAsync(pending, buffer);
                buffer = _buffers.Rent();
            }
            else
            {
                // Its end is awaited by RequestsInFlight; the dispatcher's tasks never fail.
                _ = pending.AsTask();
            }
        }

        _buffers.Return(buffer);
    }

    private async Task ReturnAfterAsync(ValueTask pending, Memory<byte> buffer)
    {
        await pending;
        _buffers.Return(buffer);
    }

    private async Task EndAsync()
    {
        await inFlight.CancelAllAsync();
        _completion.TrySetResult();
    }

    private static FuseOpcode OpcodeOf(ReadOnlySpan<byte> message) => MemoryMarshal.Read<InHeader>(message).Opcode;
}
