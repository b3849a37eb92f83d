using SynapseFs.Crash.Tests.Ledgers;

namespace SynapseFs.Crash.Tests.Working;

/// <summary>
/// One program's life in a directory of its own: files made, changed, saved as editors save, renamed, moved and deleted, by the
/// numbers of a seed. Every content is written once only, so that bytes tell where they come from.
/// </summary>
internal sealed class Worker : IDisposable
{
    private const int MostFiles = 10;
    private const int MostDirectories = 5;
    private static readonly string[] Words = ["alpha", "beta", "gamma", "delta", "table one", "reads_2", "x", "notes (1)"];
    private static readonly string[] Endings = [".txt", ".csv", ".bin", ""];

    private readonly Random _random;
    private readonly Hand _hand;
    private readonly Tree _tree;
    private readonly (int Weight, Action Act)[] _acts;

    public Worker(string root, Ledger ledger, CallTrace trace, int seed)
    {
        _random = new Random(seed);
        _hand = new Hand(root, ledger, trace);
        _tree = ledger.Tree;
        _acts =
        [
            (8, MakeFile), (2, MakeEmptyFile), (4, Append), (5, Overwrite), (3, Rewrite), (2, Cut), (4, SaveByRename), (3, SaveWithBackup),
            (3, RenameFile), (3, ReplaceFile), (2, Unlink), (2, DeleteAndMakeAnew), (3, MakeDirectory), (2, RemoveDirectory),
            (2, MoveDirectory), (1, RenameWhileOpen), (1, UnlinkWhileOpen), (2, Copy), (3, Read),
        ];
    }

    /// <summary>One act of several system calls.</summary>
    /// <exception cref="CallFailedException">One of them failed.</exception>
    /// <exception cref="WrongBytesException">A file reads otherwise than it was written.</exception>
    public void Act()
    {
        var draw = _random.Next(_acts.Sum(act => act.Weight));
        foreach (var (weight, act) in _acts)
        {
            draw -= weight;
            if (draw >= 0)
                continue;
            act();
            return;
        }
    }

    public void Dispose() => _hand.Dispose();

    private void MakeFile()
    {
        if (_tree.Files.Count >= MostFiles)
        {
            Unlink();
            return;
        }

        Fill(_hand.Create(FreeName()));
    }

    private void MakeEmptyFile()
    {
        if (_tree.Files.Count < MostFiles)
            _hand.Close(_hand.Create(FreeName()));
    }

    private void Append() => WithFile(path => _hand.Append(path, Bytes()));

    private void Overwrite() => WithFile(path =>
    {
        var file = _hand.Open(path);
        for (var pieces = _random.Next(1, 4); pieces > 0; pieces--)
        {
            _hand.Write(file, _random.Next(_tree.File(file.Id)!.Current.Length + 3000), Bytes());
            if (_random.Next(4) == 0)
                _hand.Sync(file);
        }

        _hand.Close(file);
    });

    private void Rewrite() => WithFile(path => Fill(_hand.OpenEmptied(path)));

    private void Cut() => WithFile(path =>
    {
        var file = _hand.Open(path);
        _hand.SetLength(file, _random.Next(_tree.File(file.Id)!.Current.Length + 2000));
        _hand.Close(file);
    });

    // As gedit and many others: beside, synced, over.
    private void SaveByRename() => WithFile(path =>
    {
        var beside = Sibling(path, _random.Next(2) == 0 ? ".goutputstream-A1B2C3" : "save.tmp");
        if (_tree.Has(beside))
            return;
        var file = _hand.Create(beside);
        _hand.Write(file, 0, Bytes());
        _hand.Sync(file);
        _hand.Close(file);
        _hand.Rename(beside, path);
    });

    // As vim: the old one aside, a new one under the name, the old one gone.
    private void SaveWithBackup() => WithFile(path =>
    {
        var backup = path + "~";
        if (path.EndsWith('~') || _tree.Has(backup))
            return;
        _hand.Rename(path, backup);
        var file = _hand.Create(path);
        _hand.Write(file, 0, Bytes());
        _hand.Sync(file);
        _hand.Close(file);
        _hand.Unlink(backup);
    });

    private void RenameFile() => WithFile(path => _hand.Rename(path, FreeName()));

    private void ReplaceFile() => WithFile(path => WithFile(other =>
    {
        if (other != path)
            _hand.Rename(path, other);
    }));

    private void Unlink() => WithFile(_hand.Unlink);

    private void DeleteAndMakeAnew() => WithFile(path =>
    {
        _hand.Unlink(path);
        Fill(_hand.Create(path));
    });

    private void MakeDirectory()
    {
        if (_tree.Directories.Count < MostDirectories)
            _hand.MakeDirectory(FreeName());
    }

    private void RemoveDirectory()
    {
        if (AnyDirectory() is not { Length: > 0 } directory)
            return;
        foreach (var path in _tree.Files.Where(path => path.StartsWith(directory + "/", StringComparison.Ordinal)).ToList())
            _hand.Unlink(path);
        foreach (var path in _tree.Directories.Where(path => path.StartsWith(directory + "/", StringComparison.Ordinal)).Reverse().ToList())
            _hand.RemoveDirectory(path);
        _hand.RemoveDirectory(directory);
    }

    private void MoveDirectory()
    {
        if (AnyDirectory() is not { Length: > 0 } directory)
            return;
        var target = FreeName();
        if (!target.StartsWith(directory + "/", StringComparison.Ordinal))
            _hand.Rename(directory, target);
    }

    private void RenameWhileOpen() => WithFile(path =>
    {
        var target = FreeName();
        var file = _hand.Open(path);
        _hand.Write(file, 0, Bytes());
        _hand.Rename(path, target);
        _hand.Write(file, _random.Next(2000), Bytes());
        _hand.Close(file);
    });

    private void UnlinkWhileOpen() => WithFile(path =>
    {
        var file = _hand.Open(path);
        _hand.Write(file, 0, Bytes());
        _hand.Unlink(path);
        _hand.Write(file, 100, Bytes());
        _hand.Close(file);
    });

    private void Copy() => WithFile(path =>
    {
        if (_tree.Files.Count >= MostFiles || _tree.FileAt(path).Current.Length == 0)
            return;
        var bytes = Checked(path);
        var file = _hand.Create(FreeName());
        _hand.Write(file, 0, bytes);
        _hand.Close(file);
    });

    private void Read() => WithFile(path => Checked(path));

    private byte[] Checked(string path)
    {
        var seen = _hand.Read(path);
        var expected = _tree.FileAt(path).Current;
        return seen.AsSpan().SequenceEqual(expected)
            ? seen
            : throw new WrongBytesException($"{path}: {seen.Length} bytes, {expected.Length} written, alike for {seen.AsSpan().CommonPrefixLength(expected)}");
    }

    private void Fill(Hand.Opened file)
    {
        long offset = 0;
        for (var pieces = _random.Next(1, 4); pieces > 0; pieces--)
        {
            var bytes = Bytes();
            _hand.Write(file, offset, bytes);
            offset += bytes.Length;
            if (_random.Next(5) == 0)
                _hand.Sync(file);
        }

        _hand.Close(file);
    }

    private void WithFile(Action<string> act)
    {
        var files = _tree.Files;
        if (files.Count > 0)
            act(files[_random.Next(files.Count)]);
        else
            MakeFile();
    }

    private string AnyDirectory()
    {
        var directories = _tree.Directories;
        return directories.Count == 0 ? "" : directories[_random.Next(directories.Count)];
    }

    // Few words, so that names come again after they were given up.
    private string FreeName()
    {
        while (true)
        {
            var directory = _random.Next(3) == 0 ? "" : AnyDirectory();
            var name = Words[_random.Next(Words.Length)] + Endings[_random.Next(Endings.Length)];
            var path = directory.Length == 0 ? name : $"{directory}/{name}";
            if (!_tree.Has(path))
                return path;
        }
    }

    private static string Sibling(string path, string name) => path.LastIndexOf('/') is var at and > 0 ? $"{path[..at]}/{name}" : name;

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(40) == 0 ? _random.Next(20_000, 200_000) : _random.Next(1, 6000)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
