using Microsoft.Data.Sqlite;

namespace SynapseFs.Server.World;

/// <summary>All that the server remembers, one noun a class.</summary>
internal sealed class SynapseWorld : IDisposable
{
    private readonly DataFolder _folder;

    private SynapseWorld(DataFolder folder, Database database, ServerOptions options, TimeProvider time)
    {
        _folder = folder;
        Database = database;
        Users = new Users(database, time);
        Tokens = new Tokens(database, time);
        SigningKey = folder.ReadSigningKey();
    }

    public Database Database { get; }
    public Users Users { get; }
    public Tokens Tokens { get; }
    public byte[] SigningKey { get; }

    public static SynapseWorld Open(ServerOptions options, TimeProvider time)
    {
        var folder = DataFolder.Open(options.DataDirectory);
        try
        {
            return new SynapseWorld(folder, Database.Open(folder.DatabasePath), options, time);
        }
        catch (SqliteException damaged)
        {
            folder.Dispose();
            throw new ServerException(
                $"{folder.DatabasePath} cannot be read ({damaged.Message}); restore it, or choose another directory with --data.", damaged);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The first user, whose token stands in a file of its own: it must be told again after a restart.</summary>
    public ServerAccount EnsureFirstUser(string name)
    {
        var user = Users.Ensure(name, isCertified: true, hasAcceptedTerms: true);
        var path = _folder.FirstTokenPath;
        var token = File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        if (token.Length == 0 || Tokens.Find(token) is not { } known || known.UserId != user.Id)
        {
            token = World.Tokens.NewToken();
            DataFolder.WriteSecret(path, System.Text.Encoding.ASCII.GetBytes(token));
            Tokens.Put(token, user.Id, "first token", ["view", "download", "modify"], expiresOn: null, isPersonal: false);
        }

        return new ServerAccount(user.Name, token, user.Id);
    }

    public ServerAccount EnsureUser(ServerUser asked)
    {
        var user = Users.Ensure(asked.Name, asked.IsCertified, asked.HasAcceptedTerms);
        var token = asked.Token ?? World.Tokens.NewToken();
        Tokens.Put(token, user.Id, "given at start", asked.Scopes, asked.ExpiresOn, isPersonal: false);
        return new ServerAccount(user.Name, token, user.Id);
    }

    public void Dispose()
    {
        Database.Dispose();
        _folder.Dispose();
    }
}
