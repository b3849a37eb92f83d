using SynapseFs.Api;
using SynapseFs.Cli.Output;
using SynapseFs.Client;

namespace SynapseFs.Cli.Serving;

/// <summary>Makes a project out of a local folder, through the REST interface like anyone's. A project of that name is left as it is.</summary>
internal sealed class FolderImport(SynapseClient client, Terminal terminal)
{
    private const RequestPriority Priority = RequestPriority.Interactive;

    public async Task RunAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        var name = EntityName.From(request.ProjectName);
        if (await client.Children.FindAsync(null, name, Priority, cancellationToken) is { } existing)
        {
            terminal.Remark($"The project {name} ({existing}) exists already and is left as it is; {request.Folder} was not imported again.");
            return;
        }
        var project = await client.Entities.CreateAsync(new Entity { ConcreteType = SynapseTypes.Project, Name = name }, Priority, cancellationToken);
        await FillAsync(new DirectoryInfo(request.Folder), project.Id!, cancellationToken);
    }

    private async Task FillAsync(DirectoryInfo folder, string parentId, CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in folder.EnumerateFileSystemInfos().OrderBy(item => item.Name, StringComparer.Ordinal))
        {
            if (item.LinkTarget is not null)
                terminal.Remark($"{item.FullName} is a symbolic link and was left out.");
            else if (item is FileInfo { Length: 0 })
                terminal.Remark($"{item.FullName} is empty and was left out: Synapse takes no file without a byte.");
            else if (item is DirectoryInfo directory)
                await FillAsync(directory, await CreateFolderAsync(NameFor(item, taken), parentId, cancellationToken), cancellationToken);
            else if (item is FileInfo file)
                await ImportFileAsync(file, NameFor(item, taken), parentId, cancellationToken);
        }
    }

    private async Task<string> CreateFolderAsync(string name, string parentId, CancellationToken cancellationToken)
    {
        var folder = new Entity { ConcreteType = SynapseTypes.Folder, Name = name, ParentId = parentId };
        return (await client.Entities.CreateAsync(folder, Priority, cancellationToken)).Id!;
    }

    private async Task ImportFileAsync(FileInfo file, string name, string parentId, CancellationToken cancellationToken)
    {
        var description = new UploadDescription(name, ContentTypes.Of(name), null);
        var fileHandleId = await client.Uploads.UploadAsync(file.FullName, description, Priority, null, cancellationToken);
        var entity = new Entity { ConcreteType = SynapseTypes.File, Name = name, ParentId = parentId, DataFileHandleId = fileHandleId };
        await client.Entities.CreateAsync(entity, Priority, cancellationToken);
    }

    /// <summary>A name that Synapse takes and that no sibling has; a changed one is said.</summary>
    private string NameFor(FileSystemInfo item, HashSet<string> taken)
    {
        var wanted = EntityName.From(item.Name);
        var name = wanted;
        for (var copy = 2; !taken.Add(name); copy++)
            name = $"{wanted[..Math.Min(wanted.Length, 240)]} ({copy})";
        if (name != item.Name)
            terminal.Remark($"{item.FullName} is called '{name}' there, because Synapse does not take its name.");
        return name;
    }
}
