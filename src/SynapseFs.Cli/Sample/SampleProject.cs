using SynapseFs.Api;
using SynapseFs.Client;

namespace SynapseFs.Cli.Sample;

/// <summary>
/// The project that a fresh embedded server shows, made through the REST interface like anyone's. Started again after an
/// interruption it goes on; a whole one is left as it is, with whatever a person has changed in it.
/// </summary>
internal sealed class SampleProject
{
    private static readonly (string Name, long Length)[] Sizes =
    [
        ("1-byte.bin", 1),
        ("100-bytes.bin", 100),
        ("64-KiB-less-1.bin", (64 << 10) - 1),
        ("64-KiB.bin", 64 << 10),
        ("64-KiB-and-1.bin", (64 << 10) + 1),
        ("1-MiB-and-1.bin", (1 << 20) + 1),
        ("5-MiB.bin", 5 << 20),
        ("16-MiB-and-1.bin", (16 << 20) + 1),
    ];

    private readonly SampleWriter _writer;
    private readonly SampleOptions _options;
    private readonly IProgress<string> _progress;
    private readonly string _project;

    private SampleProject(SampleWriter writer, SampleOptions options, IProgress<string> progress, string project)
    {
        _writer = writer;
        _options = options;
        _progress = progress;
        _project = project;
    }

    /// <summary>Makes the project unless it is there.</summary>
    /// <param name="progress">Hears one sentence about each larger step, and about what had to be left out.</param>
    /// <returns>The project's id.</returns>
    /// <exception cref="SynapseException">Synapse refused or is out of reach.</exception>
    public static async Task<string> EnsureAsync(
        SynapseClient client, SampleOptions options, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var writer = new SampleWriter(client);
        var id = await writer.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.Project, Name = SampleOptions.ProjectName }, cancellationToken);
        var annotations = await client.Annotations.GetAsync(id, version: null, SampleWriter.Priority, cancellationToken);
        if (annotations.Values?.ContainsKey(SampleAnnotations.CompleteKey) == true)
            return id;
        progress.Report($"Making the sample project ({id}) …");
        await new SampleProject(writer, options, progress, id).FillAsync(cancellationToken);
        await AnnotateAsync(client, id, SampleAnnotations.Complete, cancellationToken);
        return id;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        // First of all, so that it gets the id that every guide has: a fresh server counts on from the project's.
        using (var content = new MemoryStream(SampleTexts.Bytes(SampleTexts.Matrix()), writable: false))
            await _writer.CreateFileAsync("matrix_100_by_4.tsv", _project, content, "text/tab-separated-values", cancellationToken);
        await _writer.CreateTextAsync("README.md", _project, SampleTexts.Readme, cancellationToken);
        await Task.WhenAll(
            FillSizesAsync(cancellationToken),
            FillNamesAsync(cancellationToken),
            FillVersionsAndLinksAsync(cancellationToken),
            FillAnnotationsAsync(cancellationToken),
            FillAccessAsync(cancellationToken),
            FillNestedAsync(cancellationToken),
            FillManyAsync(cancellationToken),
            FillGenomicsAsync(cancellationToken));
        var tables = await _writer.CreateFolderAsync("tables", _project, cancellationToken);
        await _writer.CreateAsync(
            new Entity { ConcreteType = SynapseTypes.Table, Name = "samples", ParentId = tables }, cancellationToken);
    }

    private async Task FillSizesAsync(CancellationToken cancellationToken)
    {
        var folder = await _writer.CreateFolderAsync("sizes", _project, cancellationToken);
        foreach (var (name, length) in Sizes.Append(("200-MB.bin", _options.LargeFile)).Where(size => size.Item2 > 0))
        {
            await using var content = new PatternStream(length, (ulong)length);
            await _writer.CreateFileAsync(name, folder, content, "application/octet-stream", cancellationToken);
        }
    }

    private async Task FillNamesAsync(CancellationToken cancellationToken)
    {
        var folder = await _writer.CreateFolderAsync("names", _project, cancellationToken);
        foreach (var name in SampleTexts.AwkwardNames)
            await _writer.CreateTextAsync(name, folder, $"{name}\n", cancellationToken);
    }

    private async Task FillVersionsAndLinksAsync(CancellationToken cancellationToken)
    {
        var versions = await _writer.CreateFolderAsync("versions", _project, cancellationToken);
        var file = await _writer.CreateTextAsync("notes.txt", versions, "version 1\n", cancellationToken);
        var entity = await _writer.Client.Entities.GetAsync(file, version: null, SampleWriter.Priority, cancellationToken);
        for (var version = entity.VersionNumber ?? 1; version < 3; version = entity.VersionNumber ?? 3)
        {
            using var content = new MemoryStream(SampleTexts.Bytes($"version {version + 1}\n"), writable: false);
            var handle = await _writer.UploadAsync("notes.txt", content, "text/plain", cancellationToken);
            entity = await _writer.Client.Entities.UpdateAsync(
                entity with { DataFileHandleId = handle }, VersionChange.Keep, SampleWriter.Priority, cancellationToken);
        }
        var links = await _writer.CreateFolderAsync("links", _project, cancellationToken);
        await _writer.CreateLinkAsync("to-a-file", links, new Reference { TargetId = file }, cancellationToken);
        await _writer.CreateLinkAsync("to-a-version", links, new Reference { TargetId = file, TargetVersionNumber = 1 }, cancellationToken);
        await _writer.CreateLinkAsync("to-a-folder", links, new Reference { TargetId = versions }, cancellationToken);
        await _writer.CreateLinkAsync("to-nothing", links, new Reference { TargetId = "syn999999999" }, cancellationToken);
    }

    private async Task FillAnnotationsAsync(CancellationToken cancellationToken)
    {
        var folder = await _writer.CreateFolderAsync("annotations", _project, cancellationToken);
        const string text = "See my extended attributes: getfattr -d every-type.txt\n";
        var file = await _writer.CreateTextAsync("every-type.txt", folder, text, cancellationToken);
        await AnnotateAsync(_writer.Client, file, SampleAnnotations.OfEveryType, cancellationToken);
    }

    private async Task FillAccessAsync(CancellationToken cancellationToken)
    {
        var folder = await _writer.CreateFolderAsync("access", _project, cancellationToken);
        const string text = "You should not be able to read this.\n";
        var file = await _writer.CreateTextAsync("look-but-do-not-download.txt", folder, text, cancellationToken);
        if (await _writer.Client.Entities.GetAclAsync(file, SampleWriter.Priority, cancellationToken) is not null)
            return;
        var profile = await _writer.Client.Account.GetProfileAsync(SampleWriter.Priority, cancellationToken);
        var acl = new AccessControlList
        {
            ResourceAccess =
            [
                new ResourceAccess
                {
                    PrincipalId = long.Parse(profile.OwnerId!, System.Globalization.CultureInfo.InvariantCulture),
                    AccessType = ["READ", "CHANGE_PERMISSIONS"],
                },
            ],
        };
        await _writer.Client.Entities.CreateAclAsync(file, acl, SampleWriter.Priority, cancellationToken);
    }

    private async Task FillNestedAsync(CancellationToken cancellationToken)
    {
        var folder = _project;
        foreach (var name in new[] { "nested", "one", "two", "three", "four" })
            folder = await _writer.CreateFolderAsync(name, folder, cancellationToken);
        await _writer.CreateTextAsync("leaf.txt", folder, "the bottom\n", cancellationToken);
    }

    private async Task FillManyAsync(CancellationToken cancellationToken)
    {
        var folder = await _writer.CreateFolderAsync("many", _project, cancellationToken);
        using var content = new MemoryStream(SampleTexts.Bytes("one of many\n"), writable: false);
        // One file handle serves them all: an upload for each would take four calls instead of one.
        var handle = await _writer.UploadAsync("one-of-many.txt", content, "text/plain", cancellationToken);
        _progress.Report($"Making a folder with {_options.ManyFiles} files …");
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, _options.ManyFiles, parallel, async (number, token) =>
            await _writer.CreateFileAsync($"file-{number:D4}.txt", folder, handle, token));
    }

    private async Task FillGenomicsAsync(CancellationToken cancellationToken)
    {
        var folder = await _writer.CreateFolderAsync("genomics", _project, cancellationToken);
        using (var genes = new MemoryStream(SampleTexts.CompressedGenes(), writable: false))
            await _writer.CreateFileAsync("genes.tsv.gz", folder, genes, "application/gzip", cancellationToken);
        var temporary = Directory.CreateTempSubdirectory("synapsefs-sample-");
        try
        {
            var path = Path.Combine(temporary.FullName, "reads.bam");
            if (await SampleReads.WriteAsync(path, _options, cancellationToken) is { } problem)
            {
                _progress.Report($"The alignment genomics/reads.bam is left out: {problem}.");
                return;
            }
            foreach (var file in new[] { path, path + ".bai" })
            {
                await using var content = File.OpenRead(file);
                await _writer.CreateFileAsync(Path.GetFileName(file), folder, content, "application/octet-stream", cancellationToken);
            }
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static async Task AnnotateAsync(
        SynapseClient client, string id, IReadOnlyDictionary<string, AnnotationsValue> values, CancellationToken cancellationToken)
    {
        var annotations = await client.Annotations.GetAsync(id, version: null, SampleWriter.Priority, cancellationToken);
        await client.Annotations.UpdateAsync(id, annotations with { Values = values }, SampleWriter.Priority, cancellationToken);
    }
}
