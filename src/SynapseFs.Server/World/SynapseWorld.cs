using Microsoft.Data.Sqlite;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.Tables;
using SynapseFs.Server.Tables.Columns;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.Tables.Rows;
using SynapseFs.Server.Tables.Sql;
using SynapseFs.Server.Tables.Views;
using SynapseFs.Server.World.Changes;
using SynapseFs.Server.World.DownloadLists;
using SynapseFs.Server.World.Evaluations;
using SynapseFs.Server.World.FileJobs;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Jobs;
using SynapseFs.Server.World.Messaging;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Previews;
using SynapseFs.Server.World.Provenance;
using SynapseFs.Server.World.Requirements;
using SynapseFs.Server.World.Schemas;
using SynapseFs.Server.World.Search;
using SynapseFs.Server.World.Sharing;
using SynapseFs.Server.World.Statistics;
using SynapseFs.Server.World.Storage;
using SynapseFs.Server.World.Teams;
using SynapseFs.Server.World.Tree;
using SynapseFs.Server.World.Wikis;

namespace SynapseFs.Server.World;

/// <summary>All that the server remembers, one noun a class.</summary>
internal sealed class SynapseWorld : IDisposable
{
    private readonly DataFolder _folder;
    private readonly TimeProvider _time;

    private SynapseWorld(DataFolder folder, Database database, ServerOptions options, TimeProvider time)
    {
        _folder = folder;
        Database = database;
        _time = time;
        SigningKey = folder.ReadSigningKey();
        Users = new Users(database, time);
        Credentials = new Credentials(database, time);
        Tokens = new Tokens(database, time);
        Terms = new Terms(database, Users, Tokens);
        Logins = new Logins(database, Users, Credentials, Tokens, new Receipts(new Seal(SigningKey), time));
        Teams = new TeamTable(database);
        Callers = new Callers(Users, Teams);
        Accounts = new Accounts(Users, Credentials, Tokens, Teams, folder.FirstTokenPath, time);
        AddressBook = new AddressBook(database, Users, Teams);
        Changes = new ChangeLog(database, time);
        JobTable = new JobTable(database, time);
        Jobs = new Jobs.Jobs(database, JobTable);
        Nodes = new Nodes(database, Changes, options.FirstEntityId, time.GetUtcNow().ToUnixTimeMilliseconds());
        Versions = new Versions(database);
        Acls = new Acls(database);
        FileHandles = new FileHandles(database, time);
        var buckets = new Buckets(folder);
        Contents = new ContentFiles(folder, database, buckets, time);
        Contents.Sweep();
        MadeFiles = new MadeFiles(FileHandles, Contents);
        var restrictions = new Restrictions(database, time);
        Access = new Access(Nodes, Acls, restrictions);
        StorageLocations = new StorageLocations(database, Users, buckets, time);
        ProjectSettings = new ProjectSettings(database, StorageLocations, Users, Nodes, Access);
        StorageUsage = new StorageUsage(database, Changes, Nodes, Access, ProjectSettings, options, time);
        var storageRules = new StorageRules(ProjectSettings, StorageLocations, StorageUsage);
        UploadDestinations = new UploadDestinations(ProjectSettings, StorageLocations, StorageUsage, Nodes, Access);
        TemporaryKeys = new TemporaryKeys(ProjectSettings, StorageLocations, Access, time);
        var stamp = Stamp = new Stamp(Nodes, Versions, time);
        Activities = new Activities(new ActivityTable(database), Access, Nodes, time);
        var checks = new EntityChecks(Nodes, FileHandles, storageRules, Activities, FieldRules);
        Entities = new Entities(Nodes, Versions, Acls, Access, checks, stamp);
        EntityChanges = new EntityChanges(Nodes, Versions, FileHandles, Access, checks, stamp);
        Origins = new Origins(Activities, Entities, Versions, Access, stamp);
        Annotations = new AnnotationWriter(Versions, Access, stamp, Entities);
        AclChanges = new AclChanges(Acls, Access, storageRules, stamp, new ProjectActivity(database));
        Trash = new TrashCan(database, Nodes, Acls, Access, checks, stamp);
        Transact(Trash.Sweep);
        AccessView = new AccessView(Access, Acls, restrictions);
        var requirements = new RequirementTable(database);
        var approved = new ApprovalTable(database, time);
        var requests = new RequestTables(database);
        Requirements = new Requirements.Requirements(requirements, new ObjectAcls(database, time, Restrictions.ObjectType), Access, time);
        Approvals = new Approvals(requirements, approved, Users);
        AccessRequests = new AccessRequests(requirements, requests, time);
        AccessSubmissions = new AccessSubmissions(requirements, requests, AccessRequests, Approvals, approved, time);
        DataTypes = new DataTypes(restrictions, Access, time);
        Bundles = new Bundles(this);
        Headers = new Headers(Versions, FileHandles, Access);
        Listing = new Listing(database, Access);
        Downloads = new Downloads(FileHandles, Versions, Access);
        FileHandleUses = new FileHandleUses(database);
        PreviewQueue = new PreviewQueue(database, options.MakesPreviews);
        FileHandleChanges = new FileHandleChanges(FileHandles, FileHandleUses, Downloads, Contents, PreviewQueue);
        ExternalFileHandles = new ExternalFileHandles(FileHandles, StorageLocations, Contents, Access, PreviewQueue);
        ZipPackages = new ZipPackages(database, Downloads, MadeFiles);
        Restores = new Restores(FileHandles);
        var uploadTable = new UploadTable(database);
        UploadCopies = new UploadCopies(FileHandles, Downloads, Contents);
        Uploads = new Uploads(uploadTable, FileHandles, Contents, StorageLocations, UploadCopies, time);
        UploadCompletion = new UploadCompletion(
            database, uploadTable, Uploads, FileHandles, Contents, StorageLocations, PreviewQueue, time);
        var seal = new Seal(SigningKey);
        var rights = new TeamRights(new ObjectAcls(database, time, "TEAM"), restrictions);
        FixedTeams.Ensure(Teams, rights.Acls, time.GetUtcNow().ToUnixTimeMilliseconds());
        TeamChanges = new TeamChanges(database, Teams, rights, AddressBook, FileHandles);
        Downloads.Associate("TeamAttachment", TeamChanges.HasIcon);
        Invitations = new Invitations(database, time, rights, AddressBook);
        InviteeTokens = new InviteeTokens(Invitations, Users, seal, time);
        JoinRequests = new JoinRequests(database, time, Teams, rights);
        Memberships = new Memberships(Teams, rights, AddressBook, Invitations, JoinRequests);
        Profiles = new Profiles(Users, AddressBook, FileHandles);
        Downloads.Associate("UserProfileAttachment", Profiles.HasPicture);
        Favorites = new Favorites(database, Access, Headers, time);
        Projects = new Projects(database);
        var messages = new MessageTable(database);
        Messages = new Messages(this, messages, rights);
        Downloads.Associate("MessageAttachment", Messages.MayDownload);
        FileHandleUses.Add(messages.Uses);
        FileHandleUses.Add(id => Teams.UsesIcon(id) || Users.UsesPicture(id));
        UserBundles = new UserBundles(Users, Profiles, Callers);
        Organizations = new Organizations(database, new ObjectAcls(database, time, Organizations.ObjectType), time);
        SchemaTable = new SchemaTable(database);
        var schemas = new ValidationSchemas(SchemaTable);
        SchemaRegistry = new SchemaRegistry(SchemaTable, Organizations, schemas, Changes, time);
        SchemaBindings = new SchemaBindings(database, SchemaTable, schemas, Access, Changes, time);
        SchemaResults = new SchemaResults(database, Access, Acls, time);
        EntityJson = new EntityJson(Access, Entities, Versions, Annotations, SchemaBindings, schemas, SchemaResults);
        Columns = new ColumnModels(database);
        TableLog = new TableLog(database, time);
        // The trash's etag is drawn once and stays: it tells this world from any other.
        TableIndex = TableIndex.Open(folder.TableIndexPath, Nodes.Get(Rules.EntityIds.Trash)!.Etag);
        TableIndex.Prepare = SqlFunctions.Register;
        TableSources = new TableSources(this);
        var tables = new TableIndexer(this, TableIndex, TableLog, Columns);
        TableSources.Add(tables);
        Tables = new TableStore(this, folder.UploadPath);
        var queues = new EvaluationTable(database);
        var roundTable = new RoundTable(database);
        var submissions = new SubmissionTable(database, Changes);
        EvaluationAccess = new EvaluationAccess(queues, new ObjectAcls(database, time, "EVALUATION"));
        Rounds = new Rounds(roundTable, EvaluationAccess, time);
        Evaluations = new Evaluations.Evaluations(queues, EvaluationAccess, Rounds, submissions, Access, Changes, time);
        Eligibility = new Eligibility(
            EvaluationAccess, queues, Rounds, new SubmissionCounts(database), new Challenges(database), Teams, time);
        SubmissionStatuses = new SubmissionStatuses(submissions, queues, EvaluationAccess, time);
        Submissions = new Submissions(submissions, queues, EvaluationAccess, SubmissionStatuses, FileHandles);
        Submitting = new Submitting(submissions, queues, EvaluationAccess, Rounds, roundTable, Eligibility, this, time);
        Downloads.Associate("SubmissionAttachment", Submissions.MayDownload);
        var wikis = new WikiTable(database);
        WikiRights = new WikiRights(Access, queues, EvaluationAccess);
        Wikis = new Wikis.Wikis(wikis, WikiRights, FileHandles, Downloads);
        WikiChanges = new WikiChanges(wikis, Wikis, WikiRights, Downloads, Changes, time);
        WikiTexts = new WikiTexts(MadeFiles, Wikis);
        FileHandleUses.Add(wikis.UsesFile);
        Views = new ViewKeeper(this, tables, time);
        var listed = new DownloadListTable(database, time);
        DownloadList = new DownloadList(listed, Nodes, Versions, Access);
        DownloadListQueries = new DownloadListQueries(listed, Nodes, Versions, FileHandles, Access, AccessView);
        DownloadListFiles = new DownloadListFiles(database, listed, DownloadListQueries, MadeFiles);
        Search = new EntitySearch(
            new SearchIndex(database, Nodes, Versions, FileHandles, MadeFiles, Changes, options.IndexDelay, time), Access, Headers);
        FileEvents = new FileEvents(database, Nodes, Versions, Access, time);
    }

    public Database Database { get; }
    public Accounts Accounts { get; }
    public Users Users { get; }
    public Credentials Credentials { get; }
    public Tokens Tokens { get; }
    public Terms Terms { get; }
    public Logins Logins { get; }
    public TeamTable Teams { get; }
    public Callers Callers { get; }
    public AddressBook AddressBook { get; }
    public TeamChanges TeamChanges { get; }
    public Memberships Memberships { get; }
    public Invitations Invitations { get; }
    public InviteeTokens InviteeTokens { get; }
    public JoinRequests JoinRequests { get; }
    public Profiles Profiles { get; }
    public Favorites Favorites { get; }
    public Projects Projects { get; }
    public Messages Messages { get; }
    public UserBundles UserBundles { get; }
    public byte[] SigningKey { get; }
    public ChangeLog Changes { get; }
    public JobTable JobTable { get; }
    public Jobs.Jobs Jobs { get; }
    public Nodes Nodes { get; }
    public Versions Versions { get; }
    public Stamp Stamp { get; }
    public Acls Acls { get; }
    public FileHandles FileHandles { get; }
    public ContentFiles Contents { get; }
    public MadeFiles MadeFiles { get; }
    public Access Access { get; }
    public Activities Activities { get; }
    public FieldRules FieldRules { get; } = new();
    public Entities Entities { get; }
    public EntityChanges EntityChanges { get; }
    public Origins Origins { get; }
    public AnnotationWriter Annotations { get; }
    public AclChanges AclChanges { get; }
    public TrashCan Trash { get; }
    public AccessView AccessView { get; }
    public Requirements.Requirements Requirements { get; }
    public Approvals Approvals { get; }
    public AccessRequests AccessRequests { get; }
    public AccessSubmissions AccessSubmissions { get; }
    public DataTypes DataTypes { get; }
    public Bundles Bundles { get; }
    public Headers Headers { get; }
    public Listing Listing { get; }
    public Downloads Downloads { get; }
    public FileHandleUses FileHandleUses { get; }
    public PreviewQueue PreviewQueue { get; }
    public FileHandleChanges FileHandleChanges { get; }
    public ExternalFileHandles ExternalFileHandles { get; }
    public ZipPackages ZipPackages { get; }
    public Restores Restores { get; }
    public UploadCopies UploadCopies { get; }
    public Uploads Uploads { get; }
    public UploadCompletion UploadCompletion { get; }
    public StorageLocations StorageLocations { get; }
    public ProjectSettings ProjectSettings { get; }
    public StorageUsage StorageUsage { get; }
    public UploadDestinations UploadDestinations { get; }
    public TemporaryKeys TemporaryKeys { get; }
    public WikiRights WikiRights { get; }
    public Wikis.Wikis Wikis { get; }
    public WikiChanges WikiChanges { get; }
    public WikiTexts WikiTexts { get; }
    public Organizations Organizations { get; }
    public SchemaTable SchemaTable { get; }
    public SchemaRegistry SchemaRegistry { get; }
    public SchemaBindings SchemaBindings { get; }
    public SchemaResults SchemaResults { get; }
    public EntityJson EntityJson { get; }
    public ColumnModels Columns { get; }
    public TableLog TableLog { get; }
    public TableIndex TableIndex { get; }
    public TableSources TableSources { get; }
    public TableStore Tables { get; }

    /// <summary>The file of the database, for readers with a connection of their own.</summary>
    public string DatabasePath => _folder.DatabasePath;
    public EvaluationAccess EvaluationAccess { get; }
    public Evaluations.Evaluations Evaluations { get; }
    public Rounds Rounds { get; }
    public Eligibility Eligibility { get; }
    public Submissions Submissions { get; }
    public SubmissionStatuses SubmissionStatuses { get; }
    public Submitting Submitting { get; }
    public DownloadList DownloadList { get; }
    public DownloadListQueries DownloadListQueries { get; }
    public DownloadListFiles DownloadListFiles { get; }
    public EntitySearch Search { get; }
    public FileEvents FileEvents { get; }

    public ViewKeeper Views { get; }

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>One request's work: done as a whole or not at all.</summary>
    public T Transact<T>(Func<T> work) => Database.Transact(work);

    public void Transact(Action work) => Database.Transact(work);

    public static SynapseWorld Open(ServerOptions options, TimeProvider time)
    {
        var folder = DataFolder.Open(options.DataDirectory);
        Database? database = null;
        try
        {
            database = Database.Open(folder.DatabasePath);
            return new SynapseWorld(folder, database, options, time);
        }
        catch (SqliteException damaged) when (!Errors.DiskSpace.IsUsedUp(damaged))
        {
            database?.Dispose();
            folder.Dispose();
            throw new ServerException(
                $"{folder.DatabasePath} cannot be read ({damaged.Message}); restore it, or choose another directory.", damaged);
        }
        catch
        {
            database?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        UploadCompletion.Dispose();
        TableIndex.Dispose();
        Database.Dispose();
        _folder.Dispose();
    }
}
