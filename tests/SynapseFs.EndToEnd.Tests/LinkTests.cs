using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Links as symbolic links, in both directions, and what programs do that follow them.</summary>
[TestFixture]
internal sealed class LinkTests : MountFixture
{
    private string _folder = null!;
    private string _file = null!;

    protected override async Task FillAsync()
    {
        _folder = await World.AddFolderAsync("folder");
        _file = await World.AddFileAsync("a.txt", "version one\n"u8.ToArray(), _folder);
        await World.ReplaceFileAsync(_file, "version two\n"u8.ToArray());
    }

    [Test]
    public async Task A_pinned_version_stays_pinned_in_both_directions()
    {
        await ShellAsync($"""
            ln -s .synapse/by-id/{_file}.1 by-id
            ln -s ../folder/.synapse/of/a.txt/versions/1/a.txt folder/by-version
            ln -s folder/a.txt current
            """);
        await Mount.WaitAsync();
        await Mount.DisposeAsync();
        Mount = await World.MountSourceAsync(World.Project, "fresh");

        Assert.That(await LinkAsync("by-id", World.Project), Is.EqualTo(new Reference { TargetId = _file, TargetVersionNumber = 1 }));
        Assert.That(await LinkAsync("by-version", _folder), Is.EqualTo(new Reference { TargetId = _file, TargetVersionNumber = 1 }));
        Assert.That(await LinkAsync("current", World.Project), Is.EqualTo(new Reference { TargetId = _file }));
        Assert.That(await ShellAsync("cat by-id folder/by-version current"), Is.EqualTo("version one\nversion one\nversion two"));
        Assert.That(await ShellAsync("readlink by-id folder/by-version current"), Is.EqualTo(
            $".synapse/by-id/{_file}.1\n../.synapse/by-id/{_file}.1\nfolder/a.txt"));
    }

    [Test]
    public async Task Circles_and_links_to_nowhere_end_for_programs_that_follow_links()
    {
        var inner = await World.AddFolderAsync("inner", _folder);
        await LinkToAsync("up", _folder, inner);
        await LinkToAsync("self", _folder, _folder);
        await LinkToAsync("top", World.Project, inner);
        await LinkToAsync("gone", "syn999999999", _folder);
        var first = await LinkToAsync("first", "syn999999999", _folder);
        var second = await LinkToAsync("second", first, _folder);
        var entity = await World.Client.Entities.GetAsync(first, null, RequestPriority.Interactive, default);
        await World.Client.Entities.UpdateAsync(
            entity with { LinksTo = new Reference { TargetId = second } }, VersionChange.Keep, RequestPriority.Interactive, default);
        await Mount.DisposeAsync();
        Mount = await World.MountSourceAsync(World.Project, "fresh");

        var found = await Command.ShellAsync($"cd {Mount.Mountpoint}; timeout 60 find -L . -type f | sort", LongText);
        Assert.That(found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "./folder/a.txt" }), $"{found}");
        Assert.That(found.Error, Does.Contain("File system loop detected"));
        var used = await Command.ShellAsync($"cd {Mount.Mountpoint}; timeout 60 du -L --apparent-size -b folder/a.txt .", LongText);
        Assert.That(used.ExitCode, Is.Not.EqualTo(124), "it ended by itself");
        Assert.That(used.Output, Does.Contain("12\tfolder/a.txt"));
        Assert.That((await Command.ShellAsync($"cat {Mount["folder/first"]}", LongText)).Error, Does.Contain("Too many levels of symbolic links"));
        Assert.That((await Command.ShellAsync($"cat {Mount["folder/gone"]}", LongText)).Error, Does.Contain("No such file or directory"));
        Assert.That(await ShellAsync("timeout 60 tar -cf - folder | tar -tf - | sort"), Does.Contain("folder/self").And.Contains("folder/inner/top"));
    }

    [Test]
    public async Task A_circle_outside_the_mount_ends_too()
    {
        var inner = await World.AddFolderAsync("inner", _folder);
        var beside = await World.AddFolderAsync("beside");
        await LinkToAsync("out", beside, inner);
        await LinkToAsync("back", _folder, beside);
        await LinkToAsync("top", World.Project, beside);
        await using var mount = await World.MountSourceAsync(_folder, "folder");

        Assert.That((await Command.ShellAsync($"readlink {mount["inner/out"]}")).Text, Is.EqualTo($"../.synapse/by-id/{beside}"));
        var found = await Command.ShellAsync($"cd {mount.Mountpoint}; timeout 60 find -L . | sort", LongText);
        Assert.That(found.ExitCode, Is.Not.EqualTo(124));
        Assert.That(found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Does.Contain("./inner/out/top/folder/a.txt").And.Contains("./a.txt"));
    }

    private static readonly Dictionary<string, string> LongText = new() { ["LC_ALL"] = "C" };

    private async Task<string> LinkToAsync(string name, string target, string parent) => (await World.CreateAsync(new Entity
    {
        ConcreteType = SynapseTypes.Link,
        Name = name,
        ParentId = parent,
        LinksTo = new Reference { TargetId = target },
    })).Id!;

    /// <summary>Where the server says that a link leads.</summary>
    private async Task<Reference?> LinkAsync(string name, string parent)
    {
        var id = await World.Client.Children.FindAsync(parent, name, RequestPriority.Interactive, default);
        var entity = await World.Client.Entities.GetAsync(id!, null, RequestPriority.Interactive, default);
        return entity.LinksTo;
    }
}
