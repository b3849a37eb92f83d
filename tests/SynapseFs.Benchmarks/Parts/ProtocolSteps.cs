using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using SynapseFs.Fuse.Protocol;
using SynapseFs.Vfs;

namespace SynapseFs.Benchmarks.Parts;

/// <summary>Requests of the kernel taken apart, and replies put together, without a device.</summary>
public class ProtocolSteps
{
    private const int Entries = 100;

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);
    private static readonly AttributeEncoding Encoding = new(1000, 1000);

    private readonly byte[] _read = new byte[Unsafe.SizeOf<InHeader>() + Unsafe.SizeOf<ReadIn>()];
    private readonly byte[] _lookup = [.. new byte[Unsafe.SizeOf<InHeader>()], .. "sample_001_R1.fastq.gz\0"u8];
    private readonly byte[] _reply = new byte[64 << 10];
    private readonly Entry _entry;
    private readonly DirectoryEntry[] _entries;

    public ProtocolSteps()
    {
        _entry = EntryOf(1);
        _entries = [.. Enumerable.Range(2, Entries).Select(number => new DirectoryEntry(
            FileName.Create($"sample_{number:d3}_R1.fastq.gz"), new InodeNumber((ulong)number), NodeType.File, number, EntryOf((ulong)number)))];
    }

    [Benchmark(Description = "READ taken apart")]
    public ulong Read()
    {
        var reader = new MessageReader(_read);
        return reader.Read<InHeader>().Unique + reader.Read<ReadIn>().Handle;
    }

    [Benchmark(Description = "LOOKUP taken apart")]
    public int Lookup()
    {
        var reader = new MessageReader(_lookup);
        _ = reader.Read<InHeader>();
        return reader.ReadName().Length;
    }

    [Benchmark(Description = "GETATTR answered")]
    public void Attributes() => MemoryMarshal.Write(_reply, Encoding.ToAttrOut(_entry));

    [Benchmark(Description = "READDIRPLUS answered, an entry", OperationsPerInvoke = Entries)]
    public int Listing()
    {
        var reply = new DirectoryReply(_reply, withDetails: true, Encoding);
        foreach (var entry in _entries)
        {
            if (!reply.TryAdd(entry))
                throw new InvalidOperationException("The reply is too small.");
        }

        return reply.Length;
    }

    private static Entry EntryOf(ulong inode)
    {
        var attributes = new Attributes
        {
            Inode = new InodeNumber(inode),
            Type = NodeType.File,
            Length = 12345,
            Permissions = FilePermissions.AllRead,
            Modified = Now,
            Changed = Now,
            Created = Now,
        };
        return new Entry(attributes, TimeSpan.FromHours(1));
    }
}
