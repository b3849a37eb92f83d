using System.Text;
using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Entities.Documents;

namespace SynapseFs.Entities.Tests.Documents;

internal sealed class EntityDocumentTests
{
    private const string Wire = """
        {"name":"samples","columnIds":["11","12"],"id":"syn5","nested":{"b":1.50,"a":null},
         "modifiedOn":"2024-01-02T03:04:05.000Z","concreteType":"org.sagebionetworks.repo.model.table.TableEntity"}
        """;

    [Test]
    public void An_entity_is_indented_in_order_and_whole()
    {
        var text = Encoding.UTF8.GetString(Document(Wire).Bytes.Span);

        Assert.That(text, Is.EqualTo("""
            {
              "columnIds": [
                "11",
                "12"
              ],
              "concreteType": "org.sagebionetworks.repo.model.table.TableEntity",
              "id": "syn5",
              "modifiedOn": "2024-01-02T03:04:05.000Z",
              "name": "samples",
              "nested": {
                "a": null,
                "b": 1.50
              }
            }

            """));
    }

    [Test]
    public void The_order_in_which_the_service_tells_fields_makes_no_difference()
    {
        var other = """{"id":"syn5","name":"samples"}""";
        var same = """{"name":"samples","id":"syn5"}""";

        Assert.That(Document(other).Md5, Is.EqualTo(Document(same).Md5));
        Assert.That(Document(other).Md5, Is.Not.EqualTo(Document("""{"id":"syn6","name":"samples"}""").Md5));
    }

    private static EntityDocument Document(string wire) => EntityDocument.Of(JsonSerializer.Deserialize(wire, ApiJson.Default.Entity)!);
}
