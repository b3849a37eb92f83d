using System.Runtime.InteropServices;
using SynapseFs.Crash.Tests.Ledgers;

namespace SynapseFs.Crash.Tests.Working;

/// <summary>Carries out system calls below one directory and keeps the ledger of what they acknowledged.</summary>
internal sealed class Hand(string root, Ledger ledger, CallTrace trace) : IDisposable
{
    private const uint FileMode = 0x1A4; // 0644
    private const uint DirectoryMode = 0x1ED; // 0755

    private readonly HashSet<int> _open = [];

    public Ledger Ledger => ledger;

    public Opened Create(string path)
    {
        var id = ledger.NextId();
        ledger.Begin(new Step.Create(path, id));
        var descriptor = Open(path, Libc.ReadWrite | Libc.Create | Libc.Exclusive);
        ledger.Finish();
        return new Opened(descriptor, id, path);
    }

    public Opened Open(string path) => new(Open(path, Libc.ReadWrite), ledger.Tree.FileAt(path).Id, path);

    public Opened OpenEmptied(string path)
    {
        var id = ledger.Tree.FileAt(path).Id;
        ledger.SetLength(id, 0);
        return new Opened(Open(path, Libc.WriteOnly | Libc.Truncate), id, path);
    }

    public void Write(Opened file, long offset, byte[] bytes)
    {
        ledger.Write(file.Id, offset, bytes);
        // A write that the end of the mount cuts short is told by the next one.
        for (var done = 0; done < bytes.Length;)
        {
            var count = Libc.pwrite(file.Descriptor, bytes.AsSpan(done), bytes.Length - done, offset + done);
            Require($"pwrite {file.Path} {offset + done}+{bytes.Length - done}", Math.Min(count, 0));
            done += (int)count;
        }
    }

    public void Append(string path, byte[] bytes)
    {
        var file = ledger.Tree.FileAt(path);
        var opened = new Opened(Open(path, Libc.WriteOnly | Libc.Append), file.Id, path);
        ledger.Write(file.Id, file.Current.Length, bytes);
        for (var done = 0; done < bytes.Length;)
        {
            var count = Libc.write(opened.Descriptor, bytes.AsSpan(done), bytes.Length - done);
            Require($"append {path} {bytes.Length - done}", Math.Min(count, 0));
            done += (int)count;
        }

        Close(opened);
    }

    public void SetLength(Opened file, int length)
    {
        ledger.SetLength(file.Id, length);
        Require($"ftruncate {file.Path} {length}", Libc.ftruncate(file.Descriptor, length));
    }

    public void Sync(Opened file) => Do(new Step.Settle(file.Id), $"fsync {file.Path}", () => Libc.fsync(file.Descriptor));

    public void Close(Opened file)
    {
        _open.Remove(file.Descriptor);
        Do(new Step.Settle(file.Id), $"close {file.Path}", () => Libc.close(file.Descriptor));
    }

    public void Rename(string from, string to) =>
        Do(new Step.Rename(from, to), $"rename {from} {to}", () => Libc.rename(At(from), At(to)));

    public void Unlink(string path) => Do(new Step.Remove(path), $"unlink {path}", () => Libc.unlink(At(path)));

    public void MakeDirectory(string path) => Do(new Step.MakeDirectory(path), $"mkdir {path}", () => Libc.mkdir(At(path), DirectoryMode));

    public void RemoveDirectory(string path) => Do(new Step.Remove(path), $"rmdir {path}", () => Libc.rmdir(At(path)));

    /// <summary>The whole file, in pieces as programs read.</summary>
    public byte[] Read(string path)
    {
        var descriptor = Open(path, Libc.ReadOnly);
        using var all = new MemoryStream();
        var piece = new byte[16_384];
        while (true)
        {
            var count = Libc.pread(descriptor, piece, piece.Length, all.Length);
            if (count <= 0)
            {
                Require($"read {path}", count);
                break;
            }

            all.Write(piece, 0, (int)count);
        }

        // Closing what was only read acknowledges nothing.
        _open.Remove(descriptor);
        Require($"close {path}", Libc.close(descriptor));
        return all.ToArray();
    }

    /// <summary>Lets go of everything without a word to the ledger: the mount is gone.</summary>
    public void Dispose()
    {
        foreach (var descriptor in _open)
            _ = Libc.close(descriptor);
        _open.Clear();
    }

    private int Open(string path, int flags)
    {
        var descriptor = Libc.open(At(path), flags | Libc.CloseOnExec, FileMode);
        Require($"open {path} {flags:x}", Math.Min(descriptor, 0));
        _open.Add(descriptor);
        return descriptor;
    }

    private void Do(Step step, string call, Func<int> work)
    {
        ledger.Begin(step);
        Require(call, work());
        ledger.Finish();
    }

    private void Require(string call, nint result)
    {
        var errno = result == 0 ? 0 : Marshal.GetLastPInvokeError();
        trace.Add(result == 0 ? call : $"{call} FAILED {errno}");
        if (result != 0)
            throw new CallFailedException(call, errno);
    }

    private string At(string path) => Path.Combine(root, path);

    /// <summary>A file in use.</summary>
    internal readonly record struct Opened(int Descriptor, int Id, string Path);
}
