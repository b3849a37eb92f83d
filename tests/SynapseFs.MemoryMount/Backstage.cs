using System.Globalization;
using System.Text;
using SynapseFs.Testing.Memory;
using SynapseFs.Testing.PowerCuts;
using SynapseFs.Vfs;

namespace SynapseFs.MemoryMount;

/// <summary>
/// Changes the filesystem behind the kernel's back on commands from standard input, one a line, each answered by a line: how
/// tests play the remote side. The end of input ends nothing.
/// </summary>
internal sealed class Backstage(MemoryFileSystem fileSystem, CuttableFileSystem? disk, TextReader input, TextWriter output)
{
    public void Start() => new Thread(Run) { IsBackground = true, Name = "backstage" }.Start();

    private void Run()
    {
        while (input.ReadLine() is { } line)
        {
            output.WriteLine(Answer(line.Split('\t')));
            output.Flush();
        }
    }

    private string Answer(string[] words)
    {
        try
        {
            return words[0] switch
            {
                "blocked" => fileSystem.BlockedReads.ToString(CultureInfo.InvariantCulture),
                "nodes" => fileSystem.NodeCount.ToString(CultureInfo.InvariantCulture),
                "handles" => fileSystem.OpenHandleCount.ToString(CultureInfo.InvariantCulture),
                "cut" => Cut(int.Parse(words[1], CultureInfo.InvariantCulture)),
                _ => Perform(words),
            };
        }
        catch (FsException problem)
        {
            return problem.Error.ToString();
        }
    }

    private string Cut(int seed)
    {
        disk!.Cut(seed);
        return "ok";
    }

    private string Perform(string[] words)
    {
        var cache = fileSystem.KernelCache ?? throw new InvalidOperationException("No host has attached.");
        switch (words)
        {
            case ["set", var path, var text]:
                fileSystem.SetContent(path, Encoding.UTF8.GetBytes(text));
                return "ok";
            case ["back", var path, .. var file]:
                fileSystem.SetBacking(path, file is [var local] ? local : null);
                return "ok";
            case ["remove", var path]:
                fileSystem.Remove(path);
                return "ok";
            case ["invalidate-content", var path]:
                cache.InvalidateContent(fileSystem.Locate(path).Inode);
                return "ok";
            case ["invalidate-attributes", var path]:
                cache.InvalidateAttributes(fileSystem.Locate(path).Inode);
                return "ok";
            case ["invalidate-unknown"]:
                cache.InvalidateContent(new InodeNumber(ulong.MaxValue / 2));
                cache.InvalidateEntry(InodeNumber.Root, FileName.Create("nobody asked for this name"));
                return "ok";
            case ["delete", var path]:
                var place = fileSystem.Locate(path);
                fileSystem.Remove(path);
                cache.NotifyDeleted(place.Parent, place.Inode, place.Name);
                return "ok";
            case ["remove-and-invalidate", var path]:
                var gone = fileSystem.Locate(path);
                fileSystem.Remove(path);
                cache.InvalidateEntry(gone.Parent, gone.Name);
                return "ok";
            default:
                return "unknown command";
        }
    }
}
