import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;

/** A real Neo4j without authentication, on 127.0.0.1, for as long as the process that started it lives. */
public class Neo4jLocal {
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        new DatabaseManagementServiceBuilder(home)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", port))
                .setConfig(BoltConnector.advertised_address, new SocketAddress("127.0.0.1", port))
                .setConfig(HttpConnector.enabled, false)
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.parse(arguments[2]))
                .setConfig(GraphDatabaseSettings.check_point_interval_time, Duration.ofMinutes(30))
                .build();
        System.out.println("ready");
        System.out.flush();
        // The pipe closes when the tests end, however they end; nobody needs the data, so nothing is shut down.
        while (System.in.read() != -1) { }
        Runtime.getRuntime().halt(0);
    }
}
