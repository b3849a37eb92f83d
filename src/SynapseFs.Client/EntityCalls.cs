using System.Globalization;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Client.Transport;

namespace SynapseFs.Client;

/// <summary>Entities themselves. All throw <see cref="SynapseException"/>; a null version means the current one.</summary>
public sealed class EntityCalls
{
    private readonly ApiTransport _transport;
    private readonly RepeatedCreation _repeated;

    internal EntityCalls(ApiTransport transport, ChildrenCalls children)
    {
        _transport = transport;
        _repeated = new RepeatedCreation(this, children);
    }

    public Task<Entity> GetAsync(string id, long? version, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(Get("/entity/{id}", EntityPaths.Of(id, version), priority), ApiJson.Default.Entity, cancellationToken);

    /// <summary>The entity exactly as the service writes it.</summary>
    public async Task<JsonElement> GetJsonAsync(string id, long? version, RequestPriority priority, CancellationToken cancellationToken)
    {
        var call = Get("/entity/{id}", EntityPaths.Of(id, version), priority);
        var answer = await _transport.SendAsync(call, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw ApiErrors.Unreadable(call, answer);
        }
    }

    /// <summary>Several faces of an entity in one call.</summary>
    public Task<EntityBundle> GetBundleAsync(
        string id, long? version, EntityBundleRequest request, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiCall(HttpMethod.Post, SynapseService.Repo, "/entity/{id}/bundle2", EntityPaths.Of(id, version, "/bundle2"), priority)
                .With(request, ApiJson.Default.EntityBundleRequest),
            ApiJson.Default.EntityBundle, cancellationToken);

    /// <summary>
    /// Creates. If an answer was lost and the repeated call then finds the name taken, the entity that the lost call made is returned.
    /// </summary>
    public async Task<Entity> CreateAsync(Entity entity, RequestPriority priority, CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Post, SynapseService.Repo, "/entity", "/entity", priority).With(entity, ApiJson.Default.Entity);
        try
        {
            return await _transport.SendAsync(call, ApiJson.Default.Entity, cancellationToken);
        }
        catch (SynapseException e) when (e.Failure == SynapseFailure.Conflict && e.Attempts > 1)
        {
            if (await _repeated.FindAsync(entity, priority, cancellationToken) is { } made)
                return made;
            throw;
        }
    }

    /// <summary>
    /// Replaces all writable fields, so send the whole entity as it was read, changed where meant; with a stale etag
    /// <see cref="SynapseFailure.StaleEtag"/>.
    /// </summary>
    public Task<Entity> UpdateAsync(Entity entity, VersionChange version, RequestPriority priority, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var path = EntityPaths.Of(entity.Id!, null, version == VersionChange.New ? "?newVersion=true" : "");
        return _transport.SendAsync(
            new ApiCall(HttpMethod.Put, SynapseService.Repo, "/entity/{id}", path, priority).With(entity, ApiJson.Default.Entity),
            ApiJson.Default.Entity, cancellationToken);
    }

    /// <summary>To the trash, with all that is below. Already gone is success.</summary>
    public Task DeleteAsync(string id, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(new ApiCall(HttpMethod.Delete, SynapseService.Repo, "/entity/{id}", EntityPaths.Of(id, null), priority),
            cancellationToken);

    /// <summary>Headers in the order asked for; unknown, trashed and unreadable ones are left out. Asks in groups of 50.</summary>
    public async Task<IReadOnlyList<EntityHeader>> GetHeadersAsync(
        IReadOnlyList<Reference> references, RequestPriority priority, CancellationToken cancellationToken)
    {
        var headers = new List<EntityHeader>();
        foreach (var group in references.Chunk(50))
        {
            var call = new ApiCall(HttpMethod.Post, SynapseService.Repo, "/entity/header", "/entity/header", priority)
                .With(new ReferenceList { References = group }, ApiJson.Default.ReferenceList);
            headers.AddRange((await _transport.SendAsync(call, ApiJson.Default.EntityHeaderPage, cancellationToken)).Results);
        }
        return headers;
    }

    /// <summary>From the hidden root down to the entity itself; ancestors the caller cannot read are named "Redacted".</summary>
    public Task<EntityPath> GetPathAsync(string id, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(Get("/entity/{id}/path", EntityPaths.Of(id, null, "/path"), priority), ApiJson.Default.EntityPath,
            cancellationToken);

    /// <summary>Versions, newest first, with size and MD5 even where download is not permitted. Read until a page is short.</summary>
    public Task<VersionInfoPage> GetVersionsAsync(string id, int offset, int limit, RequestPriority priority,
        CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"/version?offset={offset}&limit={limit}");
        return _transport.SendAsync(Get("/entity/{id}/version", EntityPaths.Of(id, null, query), priority), ApiJson.Default.VersionInfoPage,
            cancellationToken);
    }

    public Task<UserEntityPermissions> GetPermissionsAsync(string id, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(Get("/entity/{id}/permissions", EntityPaths.Of(id, null, "/permissions"), priority),
            ApiJson.Default.UserEntityPermissions, cancellationToken);

    /// <summary>The entity's own access list, or null when it inherits one.</summary>
    public async Task<AccessControlList?> GetAclAsync(string id, RequestPriority priority, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.SendAsync(Get("/entity/{id}/acl", EntityPaths.Of(id, null, "/acl"), priority),
                ApiJson.Default.AccessControlList, cancellationToken);
        }
        catch (SynapseException e) when (
            e.Failure == SynapseFailure.NotFound && e.Reason.Contains("inherits its permissions", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Gives the entity an access list of its own.</summary>
    public Task<AccessControlList> CreateAclAsync(string id, AccessControlList acl, RequestPriority priority,
        CancellationToken cancellationToken) =>
        SendAclAsync(HttpMethod.Post, id, acl, priority, cancellationToken);

    /// <summary>Replaces the entity's own access list; needs that list's etag.</summary>
    public Task<AccessControlList> UpdateAclAsync(string id, AccessControlList acl, RequestPriority priority,
        CancellationToken cancellationToken) =>
        SendAclAsync(HttpMethod.Put, id, acl, priority, cancellationToken);

    /// <summary>Takes the entity's own access list away, so that it inherits again.</summary>
    public Task DeleteAclAsync(string id, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiCall(HttpMethod.Delete, SynapseService.Repo, "/entity/{id}/acl", EntityPaths.Of(id, null, "/acl"), priority),
            cancellationToken);

    private Task<AccessControlList> SendAclAsync(
        HttpMethod method, string id, AccessControlList acl, RequestPriority priority, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiCall(method, SynapseService.Repo, "/entity/{id}/acl", EntityPaths.Of(id, null, "/acl"), priority)
                // Compared as text by the service.
                .With(acl with { Id = id }, ApiJson.Default.AccessControlList),
            ApiJson.Default.AccessControlList, cancellationToken);

    private static ApiCall Get(string route, string path, RequestPriority priority) =>
        ApiCall.Get(SynapseService.Repo, route, path, priority);
}
