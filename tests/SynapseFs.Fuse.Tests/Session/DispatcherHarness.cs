using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using SynapseFs.Fuse.Native;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Fuse.Session;
using SynapseFs.Testing.Memory;
using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Tests.Session;

/// <summary>A dispatcher over a filesystem in memory, and a socket that keeps messages apart in the place of /dev/fuse.</summary>
internal sealed class DispatcherHarness : IDisposable
{
    private readonly FuseDevice _kernelEnd;
    private readonly FuseDevice _device;
    private readonly RequestsInFlight _inFlight = new();
    private readonly FuseDispatcher _dispatcher;

    public DispatcherHarness(IFileSystem? replacement = null)
    {
        if (Libc.socketpair(Libc.AF_UNIX, Libc.SOCK_SEQPACKET, 0, out var pair) != 0)
            throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
        _device = new FuseDevice(new SafeFileHandle(pair.First, true), NullLogger.Instance);
        _kernelEnd = new FuseDevice(new SafeFileHandle(pair.Second, true), NullLogger.Instance);
        _dispatcher = new FuseDispatcher(
            replacement ?? FileSystem, _inFlight, new AttributeEncoding(1000, 1000), TimeProvider.System, NullLogger.Instance);
    }

    public MemoryFileSystem FileSystem { get; } = new(new MemoryFileSystemOptions(), TimeProvider.System);

    public RequestsInFlight InFlight => _inFlight;

    public void Close() => _dispatcher.Close();

    public static byte[] Message(FuseOpcode opcode, ulong unique, ulong inode, ReadOnlySpan<byte> body)
    {
        var message = new byte[InHeader.Size + body.Length];
        MemoryMarshal.Write(message, new InHeader((uint)message.Length, opcode, unique, inode, 1000, 1000, 42, 0, 0));
        body.CopyTo(message.AsSpan(InHeader.Size));
        return message;
    }

    public static byte[] Bytes<T>(T structure, ReadOnlySpan<byte> tail = default)
        where T : unmanaged => [.. MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in structure)), .. tail];

    public Task DispatchAsync(byte[] message) => _dispatcher.DispatchAsync(_device, message).AsTask();

    /// <summary>The next reply: its header and body. Waits if there is none yet.</summary>
    public Reply ReadReply()
    {
        var buffer = new byte[1 << 20];
        var length = _kernelEnd.Receive(buffer);
        return new Reply(MemoryMarshal.Read<OutHeader>(buffer), buffer[OutHeader.Size..length]);
    }

    public async Task<Reply> AskAsync(FuseOpcode opcode, ulong inode, byte[] body)
    {
        await DispatchAsync(Message(opcode, 2, inode, body));
        return ReadReply();
    }

    public void Dispose()
    {
        _device.Dispose();
        _kernelEnd.Dispose();
        _inFlight.Dispose();
    }

    internal sealed record Reply(OutHeader Header, byte[] Body);
}
