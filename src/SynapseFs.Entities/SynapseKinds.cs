using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Access;
using SynapseFs.Entities.Annotations;
using SynapseFs.Entities.Capturing;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Documents;
using SynapseFs.Entities.Files;
using SynapseFs.Entities.Finding;
using SynapseFs.Entities.Folders;
using SynapseFs.Entities.HiddenRoom;
using SynapseFs.Entities.Links;
using SynapseFs.Entities.Past;
using SynapseFs.Entities.Projects;
using SynapseFs.Entities.Provenance;
using SynapseFs.Entities.PythonCache;
using SynapseFs.Entities.Sending;
using SynapseFs.Entities.Versions;
using SynapseFs.Entities.Views;
using SynapseFs.Entities.Wikis;

namespace SynapseFs.Entities;

/// <summary>The one place where all kinds are listed.</summary>
public static class SynapseKinds
{
    /// <summary>The root of a mount that shows all projects of a person.</summary>
    /// <param name="principalId">Whose they are.</param>
    public static RemoteNode ProjectsRoot(string principalId) => new(EntityKinds.Projects, principalId, "", Revision: null);

    /// <summary>The root of a mount that shows one project or folder; null for what can be no root.</summary>
    public static RemoteNode? RootOf(Entity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var kind = EntityKinds.ForType(entity.ConcreteType);
        return EntityKinds.IsContainer(kind) && entity.Id is { } id ? new RemoteNode(kind, id, "", Revision: null) : null;
    }

    /// <summary>The same root as its files stood at a moment; its remote id names both.</summary>
    public static RemoteNode AtMoment(RemoteNode root, DateTimeOffset moment)
    {
        ArgumentNullException.ThrowIfNull(root);
        return root with { Kind = EntityKinds.PastFolder, RemoteId = new PastId(root.RemoteId, moment).ToString() };
    }

    /// <summary>The kinds of one mount. Costs no call.</summary>
    /// <param name="client">The account's client; the caller keeps it.</param>
    /// <param name="root">The mount's root, against which links are told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="naming">What becomes of names that Synapse does not hold.</param>
    /// <param name="localXattrs">Extended attributes that stay on this machine; null: <see cref="EntityXattrNames.Local"/>.</param>
    /// <param name="copies">The Python client's cache; null: it is left alone.</param>
    /// <param name="status">The mount's status as JSON; null: it has none to show.</param>
    /// <param name="capture">Finds out what files are made from; null: nobody does.</param>
    /// <param name="views">Views that a person named; null: none.</param>
    public static NodeProviders Create(
        SynapseClient client, RemoteNode root, TimeProvider time, NamingMode naming = NamingMode.Plain,
        IReadOnlyList<string>? localXattrs = null, PythonClientCache? copies = null, Func<ReadOnlyMemory<byte>>? status = null,
        ProvenanceCapture? capture = null, WishedViews? views = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(root);
        var names = EntityNames.For(naming);
        var reader = new EntityReader(client, time);
        var portal = new Portal(client.Settings.Portal);
        var principals = new PrincipalNames(client);
        var projects = new OwnProjects(client, time);
        var recent = new RecentDocuments();
        var tree = new KnownTree();

        var describers = new Dictionary<NodeKind, EntityDescriber>();
        var children = new ChildReader(describers);
        var finder = new ChildFinder(client, reader, children, names);
        var container = new ContainerDescriber(portal, principals);
        var file = new FileDescriber(client, portal, principals);
        var document = new DocumentDescriber(portal, principals, recent);
        var link = new LinkDescriber(portal, principals, new LinkResolver(client, AsNow(root), projects, finder, names));
        describers[EntityKinds.Project] = container;
        describers[EntityKinds.Folder] = container;
        describers[EntityKinds.File] = file;
        describers[EntityKinds.FileVersion] = file;
        describers[EntityKinds.Link] = link;
        describers[EntityKinds.Document] = document;

        var places = new UploadPlaces(client, time);
        var sender = new ContentSender(client, places);
        var activities = new CapturedActivities(client);
        var creator = new EntityCreator(client, reader, children);
        var caller = new OwnId(client);
        var changes = new EntityChanges(
            names, creator, new EntityUpdater(client, reader, sender, activities, children, names), new EntityDeleter(client),
            new StorageQuotas(client, places), new AnnotationWriter(client, reader, children),
            new EntityXattrs(localXattrs ?? EntityXattrNames.Local));

        var provenance = new ProvenanceFace(new ProvenanceWriter(client, reader), client);
        Face[] faces =
        [
            new AnnotationsFace(changes.Annotations),
            new AccessFace(client, reader, new SharedPrincipals(client, principals), new LockOut(client, caller)),
            provenance,
        ];
        var facing = faces.Select(face => (Face: face, Describer: new FaceDescriber(face, portal, principals, recent))).ToList();
        foreach (var (face, describer) in facing)
            describers[face.Kind] = describer;
        FaceProvider[] written = [.. facing.Select(each => new FaceProvider(each.Face, reader, each.Describer, children, recent))];

        var howTo = new HowToProvider(new AccessHelp(client, portal), reader, recent);
        var statusFile = status is null ? null : new StatusProvider(status, recent, time);
        var listing = new ContainerChildren(client, finder, names);
        var contents = new FileContents(client, copies);
        var wikis = new WikiReader(client, time);
        NodeProvider[] directories =
        [
            new ProjectsProvider(projects, names, time),
            new ProjectProvider(listing, reader, container, changes, projects),
            new FolderProvider(listing, reader, container, changes),
        ];
        return new NodeProviders(
            [
                .. directories,
                new FileProvider(contents, reader, file, changes, new FileCreator(creator, sender, activities, caller)),
                new FileVersionProvider(contents, reader, file),
                new LinkProvider(reader, link, changes),
                new DocumentProvider(client, reader, document, recent),
                new HiddenRoomProvider(statusFile),
                new ByIdProvider(reader, children),
                .. statusFile is null ? Array.Empty<NodeProvider>() : [statusFile],
                new OfProvider(reader, directories),
                new FacesProvider(reader, children, faces, howTo),
                .. written,
                howTo,
                new ScratchProvider(written),
                new VersionsProvider(client),
                new VersionProvider(reader, children, names, provenance),
                new FindProvider(tree, time),
                new FoundLinkProvider(),
                new PastFolderProvider(listing, reader, container, names),
                new PastFileProvider(contents, new PastVersions(client, reader), file),
                new PastReadme(),
                .. Wikis(
                    client, sender, wikis, new WikiDescriber(portal, principals, recent, names), new WikiContents(wikis, recent, contents), names),
            ],
            [new HiddenRoomContributor()])
        {
            Tree = tree,
            Witness = capture,
            Details = Views(client, views ?? WishedViews.None, new ViewDescriberFactory(reader, file, principals), time),
        };
    }

    private static ViewSource Views(SynapseClient client, WishedViews wished, ViewDescriberFactory describers, TimeProvider time) =>
        new(new ViewFinder(client, wished, time), new ViewReader(client, describers, time));

    // Where links lead is known of today only.
    private static RemoteNode AsNow(RemoteNode root) =>
        root.Kind == EntityKinds.PastFolder ? root with { RemoteId = PastId.Parse(root.RemoteId).Id } : root;

    private static NodeProvider[] Wikis(
        SynapseClient client, ContentSender sender, WikiReader reader, WikiDescriber describer, WikiContents contents, EntityNames names)
    {
        // A page is written whole, with the etag it was read with: two changes of a wiki at a time would only send each other back.
        var turns = new Turns<string>();
        var pages = new WikiPageWriter(client, reader, turns);
        return
        [
            new WikiPageProvider(reader, describer, pages),
            new WikiTextProvider(reader, describer, new WikiTextWriter(client, reader, pages, turns), contents),
            new WikiOrderProvider(client, reader, describer, turns, contents),
            new WikiAttachmentProvider(
                reader, describer, new WikiAttachmentWriter(client, reader, pages, turns, sender), contents, names),
        ];
    }
}
